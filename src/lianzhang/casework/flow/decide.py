"""The pure half of `perform`: whether an act may happen, and what the case is like afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from lianzhang.casework.calendar import Calendar
from lianzhang.casework.clocks import Clock, Limit
from lianzhang.casework.flow.act import WORK, Act
from lianzhang.casework.flow.grammar import Case, Flow, Transition
from lianzhang.casework.flow.guards import CONDITIONS, GUARDS
from lianzhang.casework.flow.parties import parties_of
from lianzhang.casework.presets import KindPresets
from lianzhang.casework.roles import Actor, Refused
from lianzhang.kernel import Text
from lianzhang.kernel.clock import CHINA


@dataclass(frozen=True, slots=True)
class Decision:
    """A yes: the row that applied, and the case before and after."""

    row: Transition
    before: Case
    after: Case
    at: datetime


def decide(
    flow: Flow,
    case: Case,
    actor: Actor,
    action: str,
    given: Mapping[str, Any] | None = None,
    *,
    now: datetime,
    calendar: Calendar,
    presets: KindPresets,
) -> Decision | Refused:
    """The case after the act, or why it does not happen.

    Raises KeyError for an action the flow does not have, CalendarUnknown when a guard needs a day that lies
    beyond the known calendar.
    """
    if action not in flow.actions:
        raise KeyError(f"{flow.kind} has no action {action}")
    act = Act(
        case=case, actor=actor, action=action, given=given or {}, now=now, calendar=calendar, presets=presets
    )
    row = _row_for(flow, act)
    if row is None:
        state = flow.state(case.state).label
        return Refused(
            Text(
                f"现在是“{state.zh}”，不能这样办；也许刚被别人办过。",
                f"It stands at “{state.en}”: this cannot be done now; perhaps somebody was faster.",
            )
        )
    refusal = _refusal(flow, row, act)
    return refusal or Decision(row, case, _after(row, act), now)


def begin(flow: Flow, case: Case, *, now: datetime, presets: KindPresets) -> Case:
    """A new case with the clocks that start with it."""
    clocks = dict(case.clocks)
    for name in flow.born:
        if (limit := _limit(name, presets, case)) is not None:
            clocks[name] = Clock(started=now, limit=limit)
    return replace(case, clocks=clocks)


def offers(flow: Flow, act: Act) -> tuple[Transition, ...]:
    """The rows behind the buttons of the actor of `act` (whose action is left empty), in table order.

    Guards are asked when a button is pressed, so that the reader learns why something cannot be done.
    """
    parties = parties_of(act.actor, act.case)
    found: dict[str, Transition] = {}
    for row in flow.leading_from(act.case.state):
        if not parties.isdisjoint(row.by) and row.action not in found and _applies(row, act):
            found[row.action] = row
    return tuple(found.values())


def _row_for(flow: Flow, act: Act) -> Transition | None:
    rows = (row for row in flow.leading_from(act.case.state) if row.action == act.action)
    return next((row for row in rows if _applies(row, act)), None)


def _applies(row: Transition, act: Act) -> bool:
    return not row.when or CONDITIONS[row.when](act)


def _refusal(flow: Flow, row: Transition, act: Act) -> Refused | None:
    if parties_of(act.actor, act.case).isdisjoint(row.by):
        names = [party.label for party in row.by]
        return Refused(
            Text(
                f"“{row.label.zh}”由{'、'.join(name.zh for name in names)}办理。",
                f"“{row.label.en}” belongs to: {', '.join(name.en for name in names)}.",
            )
        )
    if any(not _filled(act.given.get(name)) for name in row.must_give):
        return Refused(Text("必填的内容没有填全。", "Something that is needed was left empty."))
    for name in row.guards:
        if reason := GUARDS[name](act):
            return Refused(reason)
    return None


def _filled(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _after(row: Transition, act: Act) -> Case:
    case = act.case
    changes: dict[str, Any] = {"state": case.state if row.target == "=" else row.target}
    for order in row.sets:
        field, _, source = order.partition("=")
        if (value := _value(field, source or field, act)) is not _KEEP:
            changes[field] = value
    if "answered_by" in changes:
        changes["answered_for"] = act.actor.for_person_id
    counts = dict(case.counts)
    for name in row.counts:
        counts[name] = counts.get(name, 0) + 1
    marks = set(case.marks)
    for mark in row.marks:
        marks.discard(mark[1:]) if mark.startswith("-") else marks.add(mark)
    changes |= {"counts": counts, "marks": frozenset(marks)}
    after = replace(case, **changes)
    return replace(after, clocks=_clocks(row, act, after))


_KEEP = object()
_EMPTY = {field.name: field.default for field in fields(Case)}


def _value(field: str, source: str, act: Act) -> Any:
    """What a field becomes. A source with `?` that was not given leaves the field alone."""
    name = source.removesuffix("?")
    if name == "none":
        return _EMPTY[field]
    if name == "actor":
        # Work in hand stays with the holder of the post when the delegation is over.
        return (
            act.actor.for_person_id if field == "handler" and act.actor.for_person_id else act.actor.person_id
        )
    if name == "state":
        return act.case.state
    value = act.given.get(name)
    if value is None:
        return _KEEP if source.endswith("?") else _EMPTY[field]
    if field == "helpers":
        return tuple(str(unit) for unit in value)
    return value if isinstance(value, date | int) else str(value)


def _clocks(row: Transition, act: Act, after: Case) -> dict[str, Clock]:
    clocks = dict(act.case.clocks)
    for order in row.deadline:
        verb, name = order.split()
        for one in _named(verb, name, act, after, clocks):
            if verb == "start":
                if (limit := _limit(name, act.presets, after)) is not None:
                    clocks[one] = Clock(started=act.now, limit=limit)
            elif one in clocks:
                clocks[one] = _ORDERS[verb](clocks[one], act)
    if after.matter != act.case.matter and "handle" in clocks and clocks["handle"].stopped is None:
        matter = act.presets.matters.get(after.matter)
        if matter is not None:
            clocks["handle"] = replace(clocks["handle"], limit=matter.limit)
    return clocks


def _named(verb: str, name: str, act: Act, after: Case, clocks: Mapping[str, Clock]) -> list[str]:
    """The clocks that an order means: `work` is the one in hand, `help` is one for each helping unit."""
    if name == "work":
        running = [one for one in WORK if one in clocks and (verb != "extend" or clocks[one].stopped is None)]
        latest = max(running, key=lambda one: clocks[one].started, default=None)
        return [latest] if latest else []
    if name == "help":
        units = after.helpers if verb == "start" else (act.actor.organisation_id,)
        return [f"help.{unit}" for unit in units]
    return [name]


def _limit(name: str, presets: KindPresets, after: Case) -> Limit | None:
    if name == "handle":
        matter = presets.matters.get(after.matter)
        return matter.limit if matter else presets.clocks.get("handle")
    if name in ("plan", "due"):
        day = after.planned
        return Limit(until=day) if day is not None else None
    return presets.clocks.get(name)


def _extended(clock: Clock, act: Act) -> Clock:
    day, due = act.case.planned, clock.due(act.calendar)
    if day is None or due is None:
        return clock
    return clock.extended_by(act.calendar.between(due.astimezone(CHINA).date(), day))


_ORDERS = {
    "stop": lambda clock, act: clock.stopped_at(act.now),
    "pause": lambda clock, act: clock.paused(act.now),
    "resume": lambda clock, act: clock.resumed(act.now),
    "continue": lambda clock, act: clock.continued(),
    "extend": _extended,
}
