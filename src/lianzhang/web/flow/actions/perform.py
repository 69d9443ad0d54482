"""The one door through which a case changes its state: lock, rules, clocks, log, notices, journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import FLOWS, PROGRAM, Actor, Clock, Decision, Refused, decide, parties_of
from lianzhang.casework.flow import begin
from lianzhang.kernel import clock
from lianzhang.web.bulletins import originals
from lianzhang.web.flow import mapping, rules
from lianzhang.web.flow.actions.number import number
from lianzhang.web.flow.actions.tell import tell_of_act
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.models import Attachment, ClockRow, Step
from lianzhang.web.flow.queries import clocks_of, subject_of
from lianzhang.web.flow.refusals import NotNow, overtaken
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for

Row = TypeVar("Row", bound=CaseColumns)

#: What was filled in and is kept in the log besides the text.
_KEPT = (
    "unit",
    "helpers",
    "matter",
    "result",
    "basis",
    "date",
    "rating",
    "ground",
    "main",
    "amount",
    "partner",
)


def start(actor: Actor, row: Row, *, text: str = "", files: Iterable[Fit] = ()) -> Row:
    """Store a new case with its numbers, the clocks that start with it and the first line of its log."""
    flow, now, calendar = FLOWS[row.kind], clock.now(), rules.calendar()
    with transaction.atomic():
        if row.state != "draft":
            number(row)
        case = begin(flow, mapping.case_of(row, ()), now=now, presets=rules.presets(row.kind))
        mapping.put(row, case, calendar)
        row.created = row.touched = now
        row.save(force_insert=True)
        _write_clocks(row, {}, case.clocks, calendar)
        step = write_line(row, actor, "file", text=text, outward=True, before="", given={})
        attach(step, files)
        record(
            actor,
            f"{row.kind}.file",
            f"{row.kind}:{row.pk}",
            after={"number": row.number, "state": row.state},
        )
    return row


def perform(
    actor: Actor,
    model: type[Row],
    subject: UUID,
    action: str,
    given: Mapping[str, Any] | None = None,
    *,
    version: int | None = None,
    files: Iterable[Fit] = (),
    at: datetime | None = None,
) -> Row:
    """Do `action` on the case and return it as it is now.

    Raises Http404 for a case that is not there or none of the actor's business, Overtaken when somebody acted
    since `version`, NotNow with the reason when the rules refuse. The same button pressed twice acts once.
    """
    now = at or clock.now()
    with transaction.atomic():
        row = locked(model, subject)
        if actor is not PROGRAM:
            require_for(actor, f"{row.kind}.act", subject_of(row, actor))
        if version is not None and version != row.version:
            since = _moves_since(row, version)
            if _pressed_twice(since, actor, action):
                return row
            raise overtaken(row, since[-1] if since else None)
        decision = decided(row, actor, action, given or {}, now=now)
        _store(row, actor, decision, given or {}, files)
    return row


def locked(model: type[Row], subject: UUID) -> Row:
    """The case, locked for this transaction."""
    row = (
        model._default_manager.select_for_update(of=("self",))
        .select_related("chain")
        .filter(pk=subject)
        .first()
    )
    if row is None:
        raise Http404
    return row


def decided(
    row: CaseColumns, actor: Actor, action: str, given: Mapping[str, Any], *, now: datetime
) -> Decision:
    """What the rules say; raises NotNow when they say no."""
    flow = FLOWS[row.kind]
    case = mapping.case_of(row, clocks_of(row), actor)
    answer = decide(
        flow, case, actor, action, given, now=now, calendar=rules.calendar(), presets=rules.presets(row.kind)
    )
    if isinstance(answer, Refused):
        raise NotNow(answer.reason)
    return answer


def _store(
    row: CaseColumns, actor: Actor, decision: Decision, given: Mapping[str, Any], files: Iterable[Fit]
) -> None:
    calendar, before = rules.calendar(), decision.before
    if row.number is None and decision.after.state != "draft":
        number(row)
    mapping.put(row, decision.after, calendar)
    row.version += 1
    row.colour = ""
    row.touched = clock.now()
    row.save()
    _write_clocks(row, before.clocks, decision.after.clocks, calendar)
    text = " ".join(str(given[name]).strip() for name in ("reason", "text") if given.get(name))
    kept = {name: _plain(given[name]) for name in _KEPT if given.get(name) not in (None, "", ())}
    step = write_line(
        row, actor, decision.row.action, text=text, outward=_outward(decision), before=before.state, given=kept,
        at=decision.at,
    )  # fmt: skip
    attach(step, files)
    tell_of_act(row, decision.row.action, decision.row.tells, besides=actor.organisation_id)
    record(
        actor,
        f"{row.kind}.{decision.row.action}",
        f"{row.kind}:{row.pk}",
        before={"state": before.state, "lead": before.lead},
        after={"state": row.state, "lead": row.lead_id, **kept},
    )


def _outward(decision: Decision) -> bool:
    """Whether the firm reads it: what it does itself, and what it is told of."""
    return "firm" in decision.row.tells or "firm" in decision.row.by


def _moves_since(row: CaseColumns, version: int) -> list[Step]:
    """The acts that raised the version since, oldest first."""
    count = row.version - version
    moves = Step.objects.filter(kind=row.kind, subject=row.pk).exclude(action__in=_STAYING).order_by("-id")
    return list(reversed(moves[:count])) if 0 < count <= _LOOK_BACK else []


#: Lines of the log that do not raise the version.
_STAYING = ("note", "say", "edit", "file", "milestone", "postpone", "reach")
_LOOK_BACK = 20


def _pressed_twice(since: list[Step], actor: Actor, action: str) -> bool:
    """Whether all that happened since is this person's own pressing of the same button."""
    own = all(str(step.person_id) == str(actor.person_id) for step in since)
    return bool(since) and own and since[0].action == action and len(since) <= 2


def write_line(
    row: CaseColumns,
    actor: Actor,
    action: str,
    *,
    text: str,
    outward: bool,
    before: str,
    given: Mapping[str, Any],
    at: datetime | None = None,
) -> Step:
    """Add a line to the log of a case."""
    parties = parties_of(actor, mapping.case_of(row, (), actor))
    return Step.objects.create(
        kind=row.kind,
        subject=row.pk,
        at=at or clock.now(),
        action=action,
        before=before,
        after=row.state,
        person_id=actor.person_id,
        organisation_id=actor.organisation_id,
        party=min(parties, default=""),
        acting_for=f"{actor.organisation_name} {actor.signature}".strip() if actor is not PROGRAM else "",
        text=text[:20_000],
        given=dict(given),
        outward=outward,
    )


def attach(step: Step, files: Iterable[Fit]) -> None:
    """Keep files with a line of the log."""
    for file in files:
        Attachment.objects.create(
            step=step,
            name=file.name,
            sha256=originals.keep(file.content),
            size=len(file.content),
            type=file.type,
        )


def attach_to_log(actor: Actor, row: CaseColumns, files: Iterable[Fit]) -> None:
    """Keep files with a case that nothing else happens to now."""
    files = list(files)
    if files:
        with transaction.atomic():
            attach(write_line(row, actor, "edit", text="", outward=True, before=row.state, given={}), files)
            record(
                actor,
                f"{row.kind}.edit",
                f"{row.kind}:{row.pk}",
                after={"files": [file.name for file in files]},
            )


def _write_clocks(
    row: CaseColumns, before: Mapping[str, Clock], after: Mapping[str, Clock], calendar: Any
) -> None:
    for name, counted in after.items():
        old = before.get(name)
        if old == counted:
            continue
        columns = mapping.columns_of(counted, calendar)
        if old is None or old.started != counted.started:
            ClockRow.objects.create(
                kind=row.kind, subject=row.pk, name=name, chain_id=row.chain_id, **columns
            )
            continue
        known = ClockRow.objects.filter(kind=row.kind, subject=row.pk, name=name, started=old.started)
        known.update(**columns)


def _plain(value: Any) -> Any:
    if isinstance(value, date | UUID):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, int) else str(value)
