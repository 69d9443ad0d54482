"""Take back a whole batch within seven days; what it brought stays readable as withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, LianzhangError, Text, clock
from lianzhang.web.imports import queries
from lianzhang.web.imports.actions.projects import take_projects_back
from lianzhang.web.imports.models import Batch
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry.actions import withdraw_batch


class UnknownBatch(LianzhangError):
    """There is no such import."""


def undo(actor: Actor, batch_id: UUID) -> int:
    """Take the batch back; returns how many enterprises it had touched. Raises Conflict when it cannot be,
    `StillNeeded` where something rests on what it brought.
    """
    with transaction.atomic():
        batch = Batch.objects.select_for_update().filter(pk=batch_id).first()
        if batch is None:
            raise UnknownBatch(
                Text("没有这一批导入。", "There is no such import."),
                Text("请核对编号。", "Check its id."),
            )
        if batch.state == Batch.State.UNDONE:
            raise Conflict(Text("这批已经撤销过。", "This batch has been undone already."))
        require_for(actor, "import.undo", queries.subject_of(batch))
        if not queries.can_be_undone(batch):
            raise Conflict(
                Text(
                    "超过7天的导入不能整批撤销。",
                    "An import older than seven days cannot be undone as a whole.",
                ),
                Text("请逐项改正有误的内容。", "Correct what is wrong item by item."),
            )
        written = (batch.preview or {}).get("counts", {})
        touched = 0
        if batch.kind == "projects":
            touched = take_projects_back(actor, batch)
        elif written.get("new") or written.get("changed"):
            touched = withdraw_batch(actor, batch.pk, needed=queries.projects_built_by)
        batch.state = Batch.State.UNDONE
        batch.undone_at = clock.now()
        batch.save(update_fields=["state", "undone_at"])
        record(actor, "import.undo", f"import:{batch.pk}", after={"touched": touched})
    return touched
