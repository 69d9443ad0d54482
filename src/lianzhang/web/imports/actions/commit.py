"""Write a batch: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, Text, clock
from lianzhang.tables import TableRefused
from lianzhang.web.imports import background, queries
from lianzhang.web.imports.actions.projects import write_projects
from lianzhang.web.imports.actions.turn import own_turn
from lianzhang.web.imports.examining import WRITES, Examined
from lianzhang.web.imports.models import Batch, RememberedColumn
from lianzhang.web.imports.posts import acting, as_acting
from lianzhang.web.imports.writing import entries_of
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import queries as registry
from lianzhang.web.registry.actions import enter
from lianzhang.web.registry.entries import Source


def confirm(actor: Actor, batch_id: UUID, *, version: int, in_background: bool = True) -> Batch:
    """Have the batch written in the actor's name. Raises Conflict when it is no longer what was previewed."""
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        require_for(actor, "import.bring", queries.subject_of(batch))
        if batch.state != Batch.State.PREVIEW or batch.version != version:
            raise Conflict(
                Text(
                    "这批已经有人处理过，或刚改过设置。", "Somebody has dealt with this batch, or changed it."
                ),
                Text("请看现在的预览，再决定。", "See the present preview and decide."),
            )
        counts = (batch.preview or {}).get("counts", {})
        if batch.all_or_nothing and counts.get("errors"):
            raise TableRefused(
                Text(
                    f"有{counts['errors']}行有错，按“全有或全无”没有导入任何一行。",
                    f"{counts['errors']} rows are bad; under “all or nothing” no row was imported.",
                ),
                Text(
                    "请改好退回的行再传，或关掉这个选项。",
                    "Correct the rows handed back, or switch the option off.",
                ),
            )
        batch.state = Batch.State.COMMITTING
        batch.acting = as_acting(actor)
        batch.attempts, batch.begun = 0, clock.now()
        batch.save(update_fields=["state", "acting", "attempts", "begun"])
        if in_background:
            transaction.on_commit(lambda: background.enqueue(batch.pk))
    return batch


def write(
    batch: Batch, look_again: Callable[[], Examined], *, tell: Callable[[str, float], None] | None = None
) -> Examined:
    """Write what the table brings, and that it was written. A batch that is not waiting for it is left alone.

    Imports are written one after another, whichever process does it: a table that was compared with the
    registry before another one came in is compared again, or two officers would bring each firm twice.
    """
    tell = tell or partial(background.tell, batch.pk)
    actor, examined = acting(batch), look_again()
    tell("writing", 0.0)
    with own_turn(tell):
        now = Batch.objects.select_for_update().get(pk=batch.pk)
        if now.state != Batch.State.COMMITTING:
            return examined
        if registry.mark() != examined.mark:
            examined = look_again()
        outcomes = examined.difference.counts
        wanted = max(1, outcomes["new"] + outcomes["changed"])
        if batch.kind == "projects":
            write_projects(actor, now, examined)
        else:
            verb, written = WRITES.get(now.kind, "enterprise.change"), 0
            for named, entries in entries_of(examined):
                source = Source(kind="import", name=named or now.source, as_of=now.as_of, batch=now.pk)
                enter(actor, entries, source=source, verb=verb, renew=True)
                written += len(entries.enterprises())
                tell("writing", min(0.99, written / wanted))
        _remember(actor, now, examined)
        now.preview = {**(now.preview or {}), "counts": examined.difference.counts}
        now.state = Batch.State.DONE
        now.committed_at = clock.now()
        now.save(update_fields=["preview", "state", "committed_at"])
        told: dict[str, Any] = {"counts": examined.difference.counts, "source": now.source}
        record(actor, "import.commit", f"import:{now.pk}", after=told)
    tell("writing", 1.0)
    return examined


def _remember(actor: Actor, batch: Batch, examined: Examined) -> None:
    """Keep for the next file what people chose for the columns of this one."""
    for column in examined.checked.columns:
        chosen = batch.chosen.get(str(column.index))
        if chosen and column.heading.bare:
            RememberedColumn.objects.update_or_create(
                kind=batch.kind,
                header=column.heading.bare[:200],
                defaults={"field": chosen, "by_id": actor.person_id, "at": clock.now()},
            )
