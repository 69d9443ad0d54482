"""Imports are written one after another, whichever process does it: each waits for those before it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from lianzhang.kernel import Conflict, Text
from lianzhang.web.database.held_up import is_held_up
from lianzhang.web.imports.examining import nobody
from lianzhang.web.journal.actions.record import recorded_last

#: How long an import waits for those before it, and how often it looks, in seconds.
PATIENCE, _LOOK = 600.0, 0.5
#: Any number that nothing else in the database locks.
_KEY = 0x4C5A_696D


@contextmanager
def own_turn(tell: Callable[[str, float], None] = nobody, *, patience: float = PATIENCE) -> Iterator[None]:
    """A transaction in which no other import writes. Its events are recorded at its end, so that offices can go on.

    Raises Conflict, with nothing written, when the turn does not come in time or others hold what it writes on.
    """
    try:
        with transaction.atomic():
            _take(tell, patience)
            with recorded_last():
                yield
    except OperationalError as error:
        if not is_held_up(error):
            raise
        raise _busy() from error


def _take(tell: Callable[[str, float], None], patience: float) -> None:
    """On PostgreSQL the turn is a lock; SQLite lets one transaction write at a time anyhow."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        # A job may take longer than a page: a table is looked through anew when it was not alone.
        for setting, limit in (
            ("statement_timeout", "10min"),
            ("idle_in_transaction_session_timeout", "10min"),
            ("lock_timeout", "20s"),
        ):
            cursor.execute(f"SET LOCAL {setting} = '{limit}'")
        until = time.monotonic() + patience
        while True:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_KEY])
            if cursor.fetchone()[0]:
                return
            if time.monotonic() > until:
                raise _busy()
            tell("waiting", 0.0)
            time.sleep(_LOOK)


def _busy() -> Conflict:
    return Conflict(
        Text(
            "别的导入或办理正占着企业库，等了很久仍没有轮到；没有写入任何内容。",
            "Other imports or acts hold the registry and the turn did not come; nothing was written.",
        ),
        Text(
            "请过几分钟再试；同一份表再传不会重复。",
            "Try again in a few minutes; the same table adds nothing twice.",
        ),
    )
