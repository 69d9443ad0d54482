"""Take back a whole import, or one writing: its rows stay and count no longer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from lianzhang.casework import Actor, Subject, may
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
    SubjectLink,
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
#: Records whose place a later one may have taken.
_REPLACED: tuple[Any, ...] = (BrandListing, ExportRecord, SupplyLink, Contact)


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
        _require(actor, rows)
        _refuse_if_built_upon(rows)
        touched = _touched(rows)
        Recording.objects.filter(pk__in=[row.pk for row in rows]).update(
            withdrawn_at=clock.now(), withdrawn_by=actor.person_id
        )
        for model in _REPLACED:
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


def _refuse_if_built_upon(rows: list[Recording]) -> None:
    """What others have written about since is no longer the import's alone."""
    brought = Enterprise.objects.filter(recording__in=rows).values("pk")
    name = _written_upon(rows, brought) or _replaced_since(rows) or _relied_upon(brought)
    if name:
        raise Conflict(
            Text(
                f"不能整批撤销：“{name}”是这批写的，之后又有别的记录写在上面。",
                f"The batch cannot be undone: others have written about “{name}” since.",
            ),
            Text(
                "请先撤销后来的那些记录，或只改正有误的内容。",
                "Undo what came later first, or correct only what is wrong.",
            ),
        )


def _written_upon(rows: list[Recording], brought: Any) -> str:
    """The name of an enterprise that came with the import and of which something was said later."""
    later = {"recording__withdrawn_at": None}
    for model in _OF_ENTERPRISES:
        found = model.objects.filter(enterprise__in=brought, **later).exclude(recording__in=rows).first()
        if found is not None:
            return str(found.enterprise.name)
    links = SupplyLink.objects.filter(Q(buyer__in=brought) | Q(supplier__in=brought), **later)
    link = links.exclude(recording__in=rows).first()
    return f"{link.supplier_name} → {link.buyer_name}" if link is not None else ""


def _replaced_since(rows: list[Recording]) -> str:
    """The record of the import whose place a later one has taken."""
    for model in _REPLACED:
        later = model.objects.filter(recording__in=rows, superseded__withdrawn_at=None)
        later = later.exclude(superseded=None).exclude(superseded__in=rows)
        # An older word may have come in closed, by what was written before it.
        found = later.filter(superseded__gt=F("recording")).first()
        if found is not None:
            return str(found) if model is SupplyLink else str(found.enterprise.name)
    return ""


def _relied_upon(brought: Any) -> str:
    """The name of an enterprise that came with the import and that people have decided something about."""
    firms = Enterprise.objects.filter(pk__in=brought)
    linked = firms.filter(pk__in=SubjectLink.objects.filter(enterprise__in=brought).values("enterprise"))
    asked = firms.filter(pk__in=Correction.objects.filter(enterprise__in=brought).values("enterprise"))
    spoken_of = firms.filter(facts__isnull=False)
    bound = firms.exclude(merged_into=None) | firms.exclude(merged=None) | firms.exclude(organisation=None)
    found = (query.first() for query in (bound, asked, linked, spoken_of))
    return next((row.name for row in found if row is not None), "")
