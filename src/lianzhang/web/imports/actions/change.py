"""Change what a person may set before a batch is written: columns, answers, options. It is then seen again."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, Text, clock
from lianzhang.tables import need_kind
from lianzhang.tables.titled import stated_of
from lianzhang.web.imports import background, queries
from lianzhang.web.imports.actions.say_names import say_names
from lianzhang.web.imports.models import Batch
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for

_OPEN = (Batch.State.PREVIEW, Batch.State.FAILED)


def change(
    actor: Actor,
    batch_id: UUID,
    *,
    version: int,
    chosen: Mapping[str, str] | None = None,
    decisions: Mapping[str, str] | None = None,
    keep_unverified: bool | None = None,
    all_or_nothing: bool | None = None,
    stated: Mapping[str, str] | None = None,
    in_background: bool = True,
) -> Batch:
    """Set what is given and look the batch through again. Raises Conflict when somebody was faster."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        require_for(actor, "import.bring", queries.subject_of(batch))
        if batch.state not in _OPEN or batch.version != version:
            raise Conflict(
                Text(
                    "这批已经有人处理过，或刚改过设置。", "Somebody has dealt with this batch, or changed it."
                ),
                Text("请看现在的预览，再决定。", "See the present preview and decide."),
            )
        before = {
            "chosen": batch.chosen,
            "keep_unverified": batch.keep_unverified,
            "stated": batch.stated,
        }
        batch.chosen = batch.chosen if chosen is None else {**batch.chosen, **chosen}
        if decisions is not None:
            say_names(actor, batch, decisions)
            batch.decisions = {**batch.decisions, **decisions}
        if keep_unverified is not None:
            batch.keep_unverified = keep_unverified
        if all_or_nothing is not None:
            batch.all_or_nothing = all_or_nothing
        if stated is not None:
            batch.stated = stated_of(need_kind(batch.kind), stated)
        batch.state = Batch.State.RECEIVED
        batch.version += 1
        batch.attempts, batch.begun = 0, clock.now()
        batch.failure = None
        batch.save()
        after = {
            "chosen": batch.chosen,
            "keep_unverified": batch.keep_unverified,
            "decisions": batch.decisions,
            "stated": batch.stated,
        }
        record(actor, "import.change", f"import:{batch.pk}", before=before, after=after)
        if in_background:
            transaction.on_commit(lambda: background.enqueue(batch.pk))
    return batch
