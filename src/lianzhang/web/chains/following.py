"""One thread that follows the registry, so that no page waits for placing.

It is woken by the journal: every act on enterprises is written there. Only a serving process begins it; what
commands change is found when the server starts, and every hour.
"""

from __future__ import annotations

import logging
import threading
from typing import Any

from django.db import close_old_connections, connections, transaction

log = logging.getLogger(__name__)

#: Acts after which a name, scope, products, industry or registration status may read differently.
_ACTS = ("enterprise.", "correction.review", "import.commit", "import.undo")
#: Seconds to let several acts come together, and between looks without any.
_TOGETHER, _AT_LEAST_EVERY = 2.0, 3600.0

_awake = threading.Event()
_begun = threading.Event()


def hear(instance: Any, **_: Any) -> None:
    """Receive what the journal has written; wake the thread once the act has been committed."""
    if _begun.is_set() and instance.verb.startswith(_ACTS):
        transaction.on_commit(_awake.set)


def begin() -> None:
    """Begin to follow, once in a process."""
    if not _begun.is_set():
        _begun.set()
        _awake.set()
        threading.Thread(target=_work, name="following the registry", daemon=True).start()


def _work() -> None:
    from lianzhang.web.chains.actions.follow import follow

    while True:
        if _awake.wait(_AT_LEAST_EVERY):
            threading.Event().wait(_TOGETHER)
        _awake.clear()
        close_old_connections()
        try:
            follow()
        except Exception:
            log.exception("Changed enterprises were not placed again; the next change or hour tries again.")
        finally:
            connections.close_all()
