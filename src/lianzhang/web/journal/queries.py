"""Reads of the journal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta

from django.db import models

from lianzhang.casework import Actor, may_ever
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.kernel.event import GENESIS
from lianzhang.web.journal import anchors
from lianzhang.web.journal.models import Event, Head
from lianzhang.web.journal.verify import Break, BreakKind, Row, Verification, verify

_COLUMNS = tuple(field.name for field in fields(Row))


def events(
    actor: Actor,
    *,
    person: str = "",
    verb: str = "",
    subject: str = "",
    result: str = "",
    first: date | None = None,
    last: date | None = None,
) -> models.QuerySet[Event]:
    """Events that fit all given conditions, newest first; none for an actor who may not see the journal."""
    rows = Event.objects.all() if may_ever(actor, "journal.see").allowed else Event.objects.none()
    if person:
        rows = rows.filter(models.Q(actor=person) | models.Q(acting_for__icontains=person))
    if verb:
        rows = rows.filter(verb=verb)
    if subject:
        rows = rows.filter(subject__contains=subject)
    if result:
        rows = rows.filter(result=result)
    if first:
        rows = rows.filter(at__gte=_stamp(first))
    if last:
        rows = rows.filter(at__lt=_stamp(last + timedelta(days=1)))
    return rows


def own_sign_ins(actor: Actor, *, count: int = 2) -> list[Event]:
    """The actor's own latest sign-ins, this one first: everybody may know when their account was last used."""
    if not actor.is_signed_in:
        return []
    rows = Event.objects.filter(actor=f"person:{actor.person_id}", verb="session.open", result="done")
    return list(rows.order_by("-seq")[:count])


def own_acts(actor: Actor, verb: str, *, since: date) -> int:
    """How often the actor has done `verb` since the beginning of a day, for limits a day."""
    rows = Event.objects.filter(actor=f"person:{actor.person_id}", verb=verb, result="done")
    return rows.filter(at__gte=_stamp(since)).count() if actor.is_signed_in else 0


def verbs(actor: Actor) -> list[str]:
    """Verbs that occur in the journal, for the filter."""
    return list(events(actor).order_by("verb").values_list("verb", flat=True).distinct())


def verification(*, since: int = 1) -> Verification:
    """Check the journal from event `since` on, its end and the anchors outside.

    The order of reading (anchors, head, rows up to that head) lets others go on recording meanwhile.
    """
    start = (0, GENESIS)
    if since > 1:
        before = Event.objects.filter(seq=since - 1).first()
        if before is None:
            raise LianzhangError(
                Text(f"日志中没有第 {since - 1} 条。", f"The journal has no event {since - 1}."),
                Text("请从更小的序号开始校验。", "Begin at a smaller number."),
            )
        start = (before.seq, before.hash)
    try:
        known = anchors.read()
    except anchors.AnchorFileDamaged as error:
        return Verification(0, start[0], start[1], Break(start[0] + 1, BreakKind.anchor, error.what))
    head = _head()
    result = verify(stored_rows(since=since, until=head[0]), head=head, anchors=known, start=start)
    if result.whole and Event.objects.filter(seq__gt=head[0]).exists() and _head() == head:
        what = Text(
            f"第 {head[0] + 1} 条不是由系统写入的：链尾仍在第 {head[0]} 条。",
            f"Event {head[0] + 1} was not written by the program: the chain ends at {head[0]}.",
        )
        found = Break(head[0] + 1, BreakKind.head, what)
        return Verification(result.checked, result.last, result.last_hash, found)
    return result


def stored_rows(*, since: int = 1, until: int | None = None) -> Iterator[Row]:
    """Rows in the order of their numbers, one at a time."""
    rows = Event.objects.filter(seq__gte=since).order_by("seq")
    if until is not None:
        rows = rows.filter(seq__lte=until)
    return (Row(*values) for values in rows.values_list(*_COLUMNS).iterator(chunk_size=2000))


def _head() -> tuple[int, str]:
    return Head.objects.filter(pk=1).values_list("seq", "hash").first() or (0, "")


def _stamp(day: date) -> str:
    start = datetime.combine(day, time(), tzinfo=clock.CHINA)
    return start.astimezone(UTC).isoformat(timespec="microseconds")
