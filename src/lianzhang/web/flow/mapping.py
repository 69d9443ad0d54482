"""Rows ↔ the values that the rules work on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from lianzhang.casework import FLOWS, Actor, Calendar, CalendarUnknown, Case, Clock, Limit, Pause, owner_of
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.models import ClockRow

#: Clocks that only bound what may be done and are nobody's deadline.
_SILENT = frozenset({"objection", "reopening"})
#: Clocks of the work that was promised to the firm.
_PROMISES = ("plan", "redo", "handle", "due")


def case_of(row: CaseColumns, clocks: Iterable[ClockRow], actor: Actor | None = None) -> Case:
    """The case as the rules see it. `actor` decides under which chain it falls: its own or the overall one."""
    return Case(
        kind=row.kind,
        state=row.state,
        chain=chain_of(row, actor),
        firm=_text(row.firm_id),
        lead=_text(row.lead_id),
        helpers=tuple(row.helpers),
        partner=_text(row.partner_id),
        handler=_text(row.handler_id),
        answered_by=_text(row.answered_by_id),
        answered_for=_text(row.answered_for_id),
        matter=row.matter,
        result=row.result,
        planned=row.planned,
        rating=row.rating,
        clocks={clock.name: clock_of(clock) for clock in clocks},
        counts=dict(row.counts),
        marks=frozenset(row.marks),
    )


def chain_of(row: CaseColumns, actor: Actor | None) -> str | None:
    """The chain in whose charge the row is for this actor: a sub-field's falls to its overall chain too."""
    if row.chain_id is None or actor is None or row.chain_id in actor.chains or row.chain is None:
        return row.chain_id
    return row.chain.parent_id or row.chain_id


def put(row: CaseColumns, case: Case, calendar: Calendar) -> None:
    """Write the case back onto the row, with its owner and the ends of its terms."""
    row.state, row.matter, row.result, row.planned = case.state, case.matter, case.result, case.planned
    row.rating = case.rating
    row.lead_id, row.partner_id, row.helpers = _id(case.lead), _id(case.partner), list(case.helpers)
    row.handler_id, row.answered_by_id = _id(case.handler), _id(case.answered_by)
    row.answered_for_id = _id(case.answered_for)
    row.counts, row.marks = dict(case.counts), sorted(case.marks)
    party, organisation = owner_of(FLOWS[case.kind], case)
    row.owner_party, row.owner_id = party, _id(organisation)
    row.due, row.promise = next_end(case, calendar), promise_of(case, calendar)
    row.keep_of(case.clocks, calendar)


def next_end(case: Case, calendar: Calendar) -> datetime | None:
    """The first end among the clocks that run; None when none runs or none can be known."""
    names = [name for name in case.clocks if name not in _SILENT and not name.startswith("help.")]
    ends = [end_of(case.clocks[name], calendar) for name in names if case.clocks[name].stopped is None]
    return min((end for end in ends if end is not None), default=None)


def promise_of(case: Case, calendar: Calendar) -> datetime | None:
    """The end of the work in hand."""
    started = [case.clocks[name] for name in _PROMISES if name in case.clocks]
    return end_of(max(started, key=lambda one: one.started), calendar) if started else None


def end_of(clock: Clock, calendar: Calendar) -> datetime | None:
    """The end of a clock; None while it stands still or when the calendar does not reach so far."""
    try:
        return clock.due(calendar)
    except CalendarUnknown:
        return None


def clock_of(row: ClockRow) -> Clock:
    """The clock in the row."""
    limit = {**row.limit}
    if limit.get("until"):
        limit["until"] = date.fromisoformat(limit["until"])
    pauses = [(datetime.fromisoformat(a), datetime.fromisoformat(b) if b else None) for a, b in row.pauses]
    return Clock(
        started=row.started,
        limit=Limit(**limit),
        pauses=tuple(Pause(*pause) for pause in pauses),
        extended=row.extended,
        stopped=row.stopped,
    )


def columns_of(clock: Clock, calendar: Calendar) -> dict[str, Any]:
    """The columns of a clock."""
    names = ("days", "minutes", "months", "plain_days", "until")
    limit = dict(zip(names, clock.limit.as_given(), strict=True))
    return {
        "started": clock.started,
        "limit": {name: str(v) if name == "until" else v for name, v in limit.items() if v is not None},
        "pauses": [[p.start.isoformat(), p.end.isoformat() if p.end else None] for p in clock.pauses],
        "extended": clock.extended,
        "stopped": clock.stopped,
        "due": end_of(clock, calendar),
    }


def _id(text: str | None) -> UUID | None:
    return None if text is None else UUID(str(text))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
