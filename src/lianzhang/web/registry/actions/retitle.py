"""Note that a title was re-checked or revoked."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions.refresh import raise_version
from lianzhang.web.registry.entries import Source
from lianzhang.web.registry.models import Recording, TitleChange, TitleHolding


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
    """Add that the title was `rechecked` (valid until a later day) or `revoked` on a day."""
    with transaction.atomic():
        rows = TitleHolding.objects.select_for_update(of=("self",)).select_related("enterprise")
        holding = rows.filter(pk=holding_id, **queries.IN_FORCE).first()
        if holding is None:
            raise Http404
        require_for(actor, "enterprise.title", queries.subject_of(holding.enterprise, actor))
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
            because=because[:200],
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
