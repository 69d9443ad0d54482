"""Journal events and the hash that chains each one to the event before it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from typing import Any

#: The hash “before” the first event.
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Event:
    """One act of one person, as the journal keeps it.

    `at` is an ISO 8601 instant in UTC; `before` and `after` are plain JSON values.
    `previous_hash` is the hash of the event with the sequence number before.
    """

    seq: int
    at: str
    actor: str
    acting_for: str
    verb: str
    subject: str
    before: Any
    after: Any
    result: str
    hash_name: str
    previous_hash: str
    hash: str = ""


_HASHED = tuple(field.name for field in fields(Event) if field.name != "hash")


def event_hash(event: Event) -> str:
    """Hash of everything in the event but the hash itself, over canonical JSON."""
    content = {name: getattr(event, name) for name in _HASHED}
    return digest(event.hash_name, canonical(content))


def canonical(value: Any) -> bytes:
    """One byte form per value: sorted keys, no spaces, UTF-8; NaN is refused."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(hash_name: str, content: bytes) -> str:
    """Hex digest by name (`sha256`, `sm3`); raises ValueError when this Python cannot compute it."""
    return hashlib.new(hash_name, content).hexdigest()
