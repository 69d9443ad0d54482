"""Note what became of a title: re-checked, lapsed, revoked, or confirmed by a later source."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, LianzhangError, Text, clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions.choose import NeedsReason
from lianzhang.web.registry.actions.hold import withdrawn
from lianzhang.web.registry.actions.refresh import raise_version
from lianzhang.web.registry.entries import Source
from lianzhang.web.registry.models import Recording, TitleChange, TitleHolding

What = TitleChange.What


class ImpossibleChange(LianzhangError):
    """A change of a title that cannot have happened like this."""


def change_title(
    actor: Actor,
    holding_id: int,
    *,
    what: str,
    on: date,
    source: Source,
    valid_until: date | None = None,
    because: str = "",
) -> TitleChange:
    """Add that the title was `rechecked`, `lapsed` or `revoked` on a day, or `confirmed` by a later source.

    A re-check and a confirmation may say until when it holds; a lapse and a revocation need a reason. Raises
    `ImpossibleChange` for a day to come or a re-check that ends before its day, Conflict for what was said before.
    """
    _check(what, on, valid_until, because)
    with transaction.atomic():
        holding = TitleHolding.objects.select_for_update(no_key=True).filter(pk=holding_id).first()
        if holding is None:
            raise Http404
        require_for(actor, "enterprise.title", queries.subject_of(holding.enterprise, actor))
        # Read anew: an undoing may have ended while we waited.
        if holding.recording.withdrawn_at is not None:
            raise withdrawn(holding.title)
        if TitleChange.objects.filter(holding=holding, what=what, on=on, **queries.IN_FORCE).exists():
            raise Conflict(
                Text("同一天的这项变动已登记过。", "This change of that day is recorded already."),
            )
        recording = Recording.objects.create(
            kind=source.kind,
            source=source.name[:200],
            as_of=source.as_of,
            recorded_by_id=actor.person_id,
            batch=source.batch,
        )
        change = TitleChange.objects.create(
            holding=holding,
            what=what,
            on=on,
            valid_until=valid_until,
            because=because.strip()[:200],
            recording=recording,
        )
        raise_version({holding.enterprise_id})
        record(
            actor,
            "enterprise.title",
            f"enterprise:{holding.enterprise_id}",
            after={"title": holding.title, "what": what, "on": on, "until": valid_until, "because": because},
        )
    return change


def _check(what: str, on: date, valid_until: date | None, because: str) -> None:
    if what in (What.LAPSED, What.REVOKED) and not because.strip():
        raise NeedsReason(
            Text("请写明失效或撤销的原因。", "Say why it lapsed or was revoked."),
            Text("例如：未通过复核。", "For example: it failed its re-check."),
        )
    if on > clock.today():
        raise ImpossibleChange(Text("日期不能在今天之后。", "The day must not lie after today."))
    if what == What.RECHECKED and valid_until is not None and valid_until < on:
        raise ImpossibleChange(
            Text("有效期至不能早于这一天。", "It cannot be valid until a day before that."),
            Text("请核对两个日期。", "Check the two dates."),
        )
