"""Do what a batch waits for: look it through for the preview, or write it. Safe to begin again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from lianzhang.casework import PROGRAM
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.tables import ColumnsUnknown
from lianzhang.web.bulletins import originals
from lianzhang.web.imports import background, queries
from lianzhang.web.imports.actions.commit import write
from lianzhang.web.imports.examining import Examined, Wishes, examine
from lianzhang.web.imports.models import Batch
from lianzhang.web.imports.posts import acting
from lianzhang.web.imports.preview import columns_of, preview_of
from lianzhang.web.journal.actions.record import record

#: A batch that stopped the program this often is not begun again by itself.
TRIES = 3
#: Longer than any batch takes; one begun before that was left behind by a stopped process.
PATIENCE = timedelta(minutes=5)
_WAITING = (Batch.State.RECEIVED, Batch.State.CHECKING)


def see_through(batch_id: UUID) -> Batch:
    """Bring the batch to its next stop: `preview` or `done`, or `failed` with the reason."""
    batch = _begin(batch_id)
    if batch is not None:
        try:
            if batch.state == Batch.State.COMMITTING:
                write(batch, lambda: look_through(batch))
            else:
                _store_preview(batch, look_through(batch))
        except LianzhangError as error:
            _fail(batch, error)
        except Exception:
            _fail(batch, _DEFEATED)
            raise
    return Batch.objects.get(pk=batch_id)


def resume() -> int:
    """Queue every batch that a stopped process left behind; returns how many."""
    states = [*_WAITING, Batch.State.COMMITTING]
    ids = list(Batch.objects.filter(state__in=states).order_by("created").values_list("pk", flat=True))
    for batch_id in ids:
        background.enqueue(batch_id)
    return len(ids)


def is_left_behind(batch: Batch) -> bool:
    """Whether no process seems to be at the batch any more; another one may have it in hand."""
    at_work = batch.state in (*_WAITING, Batch.State.COMMITTING)
    since = batch.begun or batch.created
    return at_work and not background.is_known(batch.pk) and clock.now() - since > PATIENCE


def look_through(batch: Batch) -> Examined:
    """The file of a batch as its wishes have it, compared with the registry as it is now."""
    return examine(
        acting(batch),
        originals.fetch(batch.sha256),
        Wishes(
            kind=batch.kind,
            chosen={int(index): field for index, field in batch.chosen.items()},
            remembered=queries.remembered(batch.kind),
            decisions=batch.decisions,
            names=queries.names_said(batch.organisation_id),
            keep_unverified=batch.keep_unverified,
            as_of=batch.as_of,
            stated=batch.stated,
        ),
        pasted=batch.pasted,
        tell=lambda phase, share: background.tell(batch.pk, phase, share),
    )


def _begin(batch_id: UUID) -> Batch | None:
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        if batch.state not in (*_WAITING, Batch.State.COMMITTING):
            return None
        if batch.attempts >= TRIES:
            _note_failure(batch, _INTERRUPTED)
            return None
        batch.attempts += 1
        batch.begun = clock.now()
        if batch.state == Batch.State.RECEIVED:
            batch.state = Batch.State.CHECKING
        batch.save(update_fields=["attempts", "begun", "state"])
    return batch


@transaction.atomic
def _store_preview(batch: Batch, examined: Examined) -> None:
    now = Batch.objects.select_for_update().get(pk=batch.pk)
    if now.state != Batch.State.CHECKING or now.version != batch.version:
        return  # somebody changed a wish meanwhile; the batch is queued again
    now.preview = preview_of(examined)
    now.failure = None
    now.state = Batch.State.PREVIEW
    now.attempts = 0
    now.save(update_fields=["preview", "failure", "state", "attempts"])


@transaction.atomic
def _fail(batch: Batch, error: LianzhangError) -> None:
    now = Batch.objects.select_for_update().get(pk=batch.pk)
    if now.state in (*_WAITING, Batch.State.COMMITTING) and now.version == batch.version:
        _note_failure(now, error)


def _note_failure(batch: Batch, error: LianzhangError) -> None:
    """Set the failure, with the columns that a person may name; must run in the caller's transaction."""
    remedy = error.remedy
    batch.failure = {
        "what": {"zh": error.what.zh, "en": error.what.en},
        "remedy": {"zh": remedy.zh, "en": remedy.en} if remedy else None,
    }
    if isinstance(error, ColumnsUnknown):
        table = error.table
        cells = table.sheet.cells.slice(table.layout.first)
        batch.preview = {"columns": columns_of(table.columns, cells, table.kind)}
    batch.state = Batch.State.FAILED
    batch.save(update_fields=["failure", "preview", "state"])
    record(PROGRAM, "import.read", f"import:{batch.pk}", after={"failure": error.what.zh}, result="failed")


_DEFEATED = LianzhangError(
    Text(
        "程序处理这份表时出错，没有写入任何内容。", "The program failed on this table; nothing was written."
    ),
    Text("请再试一次；仍不行时把编号告诉管理员。", "Try again; if it fails again, tell the administrator."),
)
_INTERRUPTED = LianzhangError(
    Text(f"处理{TRIES}次都中断了，没有写入任何内容。", f"Interrupted {TRIES} times; nothing was written."),
    Text("请拆成几份，或另存为 CSV 再试。", "Split the table, or save it as CSV, and try again."),
)
