"""What time does by itself: climb the ladders, close in silence, end pauses, fill in dates once a year is known.

Safe to repeat and to interrupt: each case is one transaction, and what was told is remembered in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from lianzhang.casework import FLOWS, PROGRAM, Calendar, CalendarUnknown, Rung, reached
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.flow import mapping, rules
from lianzhang.web.flow.actions.perform import locked, perform
from lianzhang.web.flow.actions.tell import tell_of_rung
from lianzhang.web.flow.models import ClockRow, Told
from lianzhang.web.flow.queries import clocks_of, model_of
from lianzhang.web.flow.refusals import NotNow

#: Longer before an end than any rung of a ladder stands.
_AHEAD = timedelta(days=14)
#: What time does when a clock has run out.
_BY_TIME = {"confirm": "silence", "pause": "pause_ends", "plan": "plan_passes"}

_WORDS = {
    "accept": Text("受理时限", "term of acceptance"),
    "sign": Text("签收时限", "term of signing"),
    "contact": Text("首次联系时限", "term of first contact"),
    "report": Text("进展反馈时限", "term of progress"),
    "help": Text("协办时限", "term of helping"),
    "check": Text("审核时限", "term of checking"),
    "call_back": Text("回访时限", "term of the call-back"),
}
_HANDLING = Text("办理时限", "term of handling")


@dataclass(slots=True)
class Done:
    """What one tick did."""

    told: int = 0
    moved: int = 0
    dated: int = 0


def tick(*, now: datetime | None = None) -> Done:
    """Do everything that has come due by `now`."""
    now, calendar, done = now or clock.now(), rules.calendar(), Done()
    done.dated = _fill_dates(calendar)
    for kind, subject in _with_something_due(now):
        model = model_of(kind)
        if model is not None:
            done.told += _climb(kind, subject, calendar, now)
            done.moved += _move(kind, subject, now)
    done.moved += _end_consents(now)
    return done


def _with_something_due(now: datetime) -> list[tuple[str, UUID]]:
    """Cases on which a rung may have come or a term may have run out; those told to the last rung are left out."""
    running = ClockRow.objects.filter(stopped=None, due__lte=now + _AHEAD).order_by("due")
    told = set(Told.objects.filter(row__stopped=None).values_list("row_id", "rung", "extended"))
    found: dict[tuple[str, UUID], None] = {}
    for pk, kind, subject, name, extended, due in running.values_list(
        "pk", "kind", "subject", "name", "extended", "due"
    ):
        ladder = rules.presets(kind).ladder(name)
        climbs = bool(ladder) and (pk, max(ladder, key=lambda rung: rung.day).name, extended) not in told
        if climbs or (name in _BY_TIME and due < now):
            found[kind, subject] = None
    return list(found)


def _climb(kind: str, subject: UUID, calendar: Calendar, now: datetime) -> int:
    model = model_of(kind)
    assert model is not None
    with transaction.atomic():
        row = locked(model, subject)
        if FLOWS[kind].state(row.state).final:
            return 0
        known = rules.presets(kind)
        rows = [one for one in clocks_of(row) if one.stopped is None]
        told = set(Told.objects.filter(row__in=rows).values_list("row_id", "rung", "extended"))
        count = 0
        for one in rows:
            for rung, came in reached(known.ladder(one.name), mapping.clock_of(one), calendar, now):
                if (one.pk, rung.name, one.extended) in told:
                    continue
                Told.objects.create(row=one, rung=rung.name, extended=one.extended, came=came)
                tell_of_rung(row, rung.tells, rung.colour, _WORDS.get(one.name.partition(".")[0], _HANDLING))
                _mark(row, rung)
                count += 1
        if count:
            row.save(update_fields=["colour", "marks"])
    return count


def _mark(row: object, rung: Rung) -> None:
    row.colour = rung.colour  # type: ignore[attr-defined]
    if rung.tells in ("consultation", "general_chief"):
        row.marks = sorted({*row.marks, "for_agenda"})  # type: ignore[attr-defined]


def _move(kind: str, subject: UUID, now: datetime) -> int:
    model = model_of(kind)
    assert model is not None
    count = 0
    over = ClockRow.objects.filter(kind=kind, subject=subject, stopped=None, name__in=_BY_TIME, due__lt=now)
    for one in list(over):
        action = _BY_TIME[one.name]
        if action not in FLOWS[kind].actions:
            continue
        try:
            # As of the instant at which the term ran out: a late tick shifts nobody's clock.
            perform(PROGRAM, model, subject, action, at=one.due + timedelta(seconds=1))
            count += 1
        except (NotNow, CalendarUnknown):
            continue
    return count


def _end_consents(now: datetime) -> int:
    model = model_of("need")
    if model is None:
        return 0
    today = now.astimezone(clock.CHINA).date()
    count = 0
    for subject in list(
        model._default_manager.filter(planned__lt=today).exclude(partner=None).values_list("pk", flat=True)
    ):
        try:
            perform(PROGRAM, model, subject, "consent_ends")
            count += 1
        except LianzhangError:
            continue
    return count


def _fill_dates(calendar: Calendar) -> int:
    """Ends that were unknown until a year of the calendar was entered, or that a correction moved."""
    count = 0
    for one in _undated():
        due = mapping.end_of(mapping.clock_of(one), calendar)
        if due is None:
            continue
        model = model_of(one.kind)
        if model is None:
            continue
        with transaction.atomic():
            ClockRow.objects.filter(pk=one.pk).update(due=due)
            row = locked(model, one.subject)
            mapping.put(row, mapping.case_of(row, clocks_of(row)), calendar)
            row.save()
        count += 1
    return count


def _undated() -> Iterable[ClockRow]:
    running = ClockRow.objects.filter(stopped=None, due=None)
    return [one for one in running if not mapping.clock_of(one).is_paused]


def redate_all() -> int:
    """After a correction of the calendar: count every running clock again."""
    with transaction.atomic():
        ClockRow.objects.filter(Q(stopped=None)).update(due=None)
    return _fill_dates(rules.calendar())
