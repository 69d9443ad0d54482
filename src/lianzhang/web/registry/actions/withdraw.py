"""Take back a whole import, or one writing: its rows stay and count no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor, Subject, may
from lianzhang.kernel import Conflict, Text, clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry.actions.refresh import refresh
from lianzhang.web.registry.models import (
    BrandListing,
    Contact,
    Enterprise,
    EnterpriseName,
    EnterpriseValue,
    ExportRecord,
    Recording,
    SupplyLink,
    TitleChange,
    TitleHolding,
)
from lianzhang.web.registry.resting import REPLACED, Rest, refuse_if_needed

_OF_ENTERPRISES: tuple[Any, ...] = (
    EnterpriseName,
    EnterpriseValue,
    TitleHolding,
    BrandListing,
    ExportRecord,
    Contact,
)


def nothing(enterprises: set[str]) -> Iterable[Rest]:
    """Nothing rests on them but what the registry itself knows of."""
    return ()


def withdraw_batch(
    actor: Actor, batch: UUID, *, needed: Callable[[set[str]], Iterable[Rest]] = nothing
) -> int:
    """Withdraw everything that one import wrote; returns how many enterprises it had touched.

    Enterprises that it brought vanish from all lists, and what it had changed is as before. Raises Conflict
    when there is nothing (left) to withdraw, and `StillNeeded` when something rests on what it brought; `needed`
    tells of enterprises (ids) what the caller keeps about them.
    """
    with transaction.atomic():
        rows = list(Recording.objects.select_for_update().filter(batch=batch, withdrawn_at=None))
        if not rows:
            raise Conflict(
                Text("没有可撤销的内容，或已撤销过。", "There is nothing to undo, or it is undone already."),
                Text("请刷新页面看现在的结果。", "Reload the page to see the present result."),
            )
        _require(actor, rows)
        # Whoever is just writing in the registry about one of them comes first, and is seen then.
        brought = Enterprise.objects.select_for_update().filter(recording__in=rows).order_by("pk")
        ids = set(brought.values_list("pk", flat=True))
        list(TitleHolding.objects.select_for_update().filter(recording__in=rows).order_by("pk"))
        refuse_if_needed(rows, needed(ids))
        touched = _touched(rows)
        Recording.objects.filter(pk__in=[row.pk for row in rows]).update(
            withdrawn_at=clock.now(), withdrawn_by=actor.person_id
        )
        for model in REPLACED:
            model.objects.filter(superseded__in=rows).update(superseded=None)
        refresh(touched, bump=True)
        record(actor, "enterprise.undo", f"batch:{batch}", after={"enterprises": len(touched)})
    return len(touched)


def _touched(rows: list[Recording], *, links: bool = True) -> set[str]:
    touched = set(Enterprise.objects.filter(recording__in=rows).values_list("pk", flat=True))
    for model in _OF_ENTERPRISES:
        touched.update(model.objects.filter(recording__in=rows).values_list("enterprise_id", flat=True))
    changed = TitleChange.objects.filter(recording__in=rows)
    touched.update(changed.values_list("holding__enterprise_id", flat=True))
    supply = SupplyLink.objects.filter(recording__in=rows) if links else SupplyLink.objects.none()
    for ends in supply.values_list("buyer_id", "supplier_id"):
        touched.update(end for end in ends if end)
    return touched


def _require(actor: Actor, rows: list[Recording]) -> None:
    """Whoever may write about one end of a supply link may take it back, as they could enter it."""
    links = SupplyLink.objects.filter(recording__in=rows).values_list("buyer__region", "supplier__region")
    alone = _touched(rows, links=False)
    regions = {
        (region,) for region in Enterprise.objects.filter(pk__in=alone).values_list("region", flat=True)
    }
    for ends in regions | set(links):
        subjects = [
            Subject(kind="enterprise", region_code=region or None) for region in ends if region is not None
        ]
        if not any(may(actor, "enterprise.undo", subject).allowed for subject in subjects):
            require_for(actor, "enterprise.undo", subjects[0])
