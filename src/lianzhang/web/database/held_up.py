"""Whether an error of the database only says that somebody else was at the same rows for too long."""

from __future__ import annotations

from django.db import OperationalError, connection

from lianzhang.web.database.writer import WriterBusy

#: A lock that did not come in time, and a deadlock, which PostgreSQL ends by refusing one of the two.
_STATES = frozenset({"55P03", "40P01"})


def is_held_up(error: Exception) -> bool:
    """True for locks held by others, on either database; nothing of the transaction was written then."""
    if not isinstance(error, OperationalError):
        return False
    held = isinstance(error, WriterBusy) or getattr(error.__cause__, "sqlstate", None) in _STATES
    return held or (connection.vendor == "sqlite" and "is locked" in str(error))
