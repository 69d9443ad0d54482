"""One thread that reads bulletins one after another, so that no page waits for a reading.

A document waits in the database, not in this queue: what a stopped process leaves behind is taken up
again by `actions.resume` at the next start, or when somebody looks at the document.
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
_lock = threading.Lock()
_thread: threading.Thread | None = None


def enqueue(document_id: UUID) -> None:
    """Have a document read soon; one that is waiting or being read already is not queued again."""
    global _thread
    with _lock:
        if document_id in _known:
            return
        _known.add(document_id)
        _waiting.put(document_id)
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_work, name="bulletin reading", daemon=True)
            _thread.start()


def is_known(document_id: UUID) -> bool:
    """Whether this process has the document waiting or in hand."""
    with _lock:
        return document_id in _known


def _work() -> None:
    from lianzhang.web.bulletins.actions.read import read_now

    while True:
        document_id = _waiting.get()
        close_old_connections()
        try:
            read_now(document_id)
        except Exception:
            # The document stays in its state, and its page offers another try.
            log.exception("A bulletin could not be read: %s", document_id)
        finally:
            connections.close_all()
            with _lock:
                _known.discard(document_id)
