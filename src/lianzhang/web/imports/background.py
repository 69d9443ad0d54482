"""One thread that sees imports through one after another, so that no page waits for them.

A batch waits in the database, not in this queue: what a stopped process leaves behind is taken up again
by `actions.resume`, or when somebody looks at the batch. How far the one in hand is, is known here alone.
"""

from __future__ import annotations

import logging
import queue
import threading
from uuid import UUID

from django.db import close_old_connections, connections

log = logging.getLogger(__name__)

_waiting: queue.SimpleQueue[UUID] = queue.SimpleQueue()
_known: set[UUID] = set()
_progress: dict[UUID, tuple[str, float]] = {}
_lock = threading.Lock()
_thread: threading.Thread | None = None


def enqueue(batch_id: UUID) -> None:
    """Have a batch seen to soon; one that is waiting or in hand already is not queued again."""
    global _thread
    with _lock:
        if batch_id in _known:
            return
        _known.add(batch_id)
        _waiting.put(batch_id)
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_work, name="imports", daemon=True)
            _thread.start()


def is_known(batch_id: UUID) -> bool:
    """Whether this process has the batch waiting or in hand."""
    with _lock:
        return batch_id in _known


def tell(batch_id: UUID, phase: str, share: float) -> None:
    """Note how far the batch in hand is."""
    _progress[batch_id] = (phase, share)


def progress_of(batch_id: UUID) -> tuple[str, float]:
    """The phase and how much of it is done, 0 to 1."""
    return _progress.get(batch_id, ("", 0.0))


def _work() -> None:
    from lianzhang.web.imports.actions.see_through import see_through

    while True:
        batch_id = _waiting.get()
        close_old_connections()
        try:
            see_through(batch_id)
        except Exception:
            # The batch stays in its state, and its page offers another try.
            log.exception("An import could not be seen through: %s", batch_id)
        finally:
            connections.close_all()
            _progress.pop(batch_id, None)
            with _lock:
                _known.discard(batch_id)
