"""Take back a whole import, or one writing: its rows stay and count no longer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import Conflict, Text, clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry.actions.refresh import refresh
from lianzhang.web.registry.models import (
    BrandListing,
    Contact,
    Correction,
    Enterprise,
    EnterpriseName,
    EnterpriseValue,
    ExportRecord,
    Recording,
    SupplyLink,
    TitleChange,
    TitleHolding,
)

_OF_ENTERPRISES: tuple[Any, ...] = (
    EnterpriseName,
    EnterpriseValue,
    TitleHolding,
    BrandListing,
    ExportRecord,
    Contact,
)


def withdraw_batch(actor: Actor, batch: UUID) -> int:
    """Withdraw everything that one import wrote; returns how many enterprises it had touched.

    Enterprises that it brought vanish from all lists, and what it had changed is as before. Raises Conflict
    when there is nothing (left) to withdraw, or when later work rests on an enterprise that it brought.
    """
    with transaction.atomic():
        rows = list(Recording.objects.select_for_update().filter(batch=batch, withdrawn_at=None))
        if not rows:
            raise Conflict(
                Text("没有可撤销的内容，或已撤销过。", "There is nothing to undo, or it is undone already."),
                Text("请刷新页面看现在的结果。", "Reload the page to see the present result."),
            )
        for region in _regions(rows):
            require_for(actor, "enterprise.undo", Subject(kind="enterprise", region_code=region or None))
        _refuse_if_built_upon(rows)
        touched = _touched(rows)
        Recording.objects.filter(pk__in=[row.pk for row in rows]).update(
            withdrawn_at=clock.now(), withdrawn_by=actor.person_id
        )
        refresh(touched, bump=True)
        record(actor, "enterprise.undo", f"batch:{batch}", after={"enterprises": len(touched)})
    return len(touched)


def _touched(rows: list[Recording]) -> set[str]:
    touched = set(Enterprise.objects.filter(recording__in=rows).values_list("pk", flat=True))
    for model in _OF_ENTERPRISES:
        touched.update(model.objects.filter(recording__in=rows).values_list("enterprise_id", flat=True))
    changed = TitleChange.objects.filter(recording__in=rows)
    touched.update(changed.values_list("holding__enterprise_id", flat=True))
    for ends in SupplyLink.objects.filter(recording__in=rows).values_list("buyer_id", "supplier_id"):
        touched.update(end for end in ends if end)
    return touched


def _regions(rows: list[Recording]) -> set[str]:
    return set(Enterprise.objects.filter(pk__in=_touched(rows)).values_list("region", flat=True))


def _refuse_if_built_upon(rows: list[Recording]) -> None:
    """An enterprise that others have written about since is no longer the import's alone."""
    brought = Enterprise.objects.filter(recording__in=rows)
    later = (
        model.objects.filter(enterprise__in=brought.values("pk"), recording__withdrawn_at=None).exclude(
            recording__in=rows
        )
        for model in _OF_ENTERPRISES
    )
    name = next((found.enterprise.name for found in (query.first() for query in later) if found), "")
    if not name:
        merged = (
            brought.exclude(merged_into=None)
            | brought.exclude(merged=None)
            | brought.exclude(organisation=None)
        )
        asked = Correction.objects.filter(enterprise__in=brought.values("pk")).first()
        name = asked.enterprise.name if asked else (merged.first() or Enterprise()).name
    if name:
        raise Conflict(
            Text(
                f"不能整批撤销：“{name}”由这批新增，之后又有别的记录写在它上面。",
                f"The batch cannot be undone: “{name}” came with it, and others have written about it since.",
            ),
            Text(
                "请先撤销后来的那些记录，或只改正有误的内容。",
                "Undo what came later first, or correct only what is wrong.",
            ),
        )
