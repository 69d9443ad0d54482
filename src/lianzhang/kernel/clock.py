"""The only clock of the core; tests and replays can hold it still."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone

#: China has one civil time without daylight saving; a fixed offset needs no zone database.
CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")

_held: ContextVar[datetime | None] = ContextVar("held_clock", default=None)


def now() -> datetime:
    """The present instant, in UTC and aware of it."""
    return _held.get() or datetime.now(UTC)


def today() -> date:
    """The present civil day in China."""
    return now().astimezone(CHINA).date()


@contextmanager
def fixed(instant: datetime) -> Iterator[None]:
    """Hold the clock at `instant` (which must carry a time zone) inside the block."""
    if instant.tzinfo is None:
        raise ValueError("the instant needs a time zone")
    token = _held.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _held.reset(token)
