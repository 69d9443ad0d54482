"""The names of a registry as columns: whose they are, of which kind, and their parts."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.columns import Columns
from lianzhang.naming.keys import hash_of, town_number
from lianzhang.naming.parts import Parts

#: Room kept for names added later, as a share of the names and at least so many.
_SPARE_SHARE, _SPARE = 32, 1024


class NameKind(IntEnum):
    """What a name is to its enterprise."""

    REGISTERED = 0
    FORMER = 1
    SHORT = 2
    ENGLISH = 3


def folded(codes: NDArray[np.uint32]) -> NDArray[np.uint16]:
    """Code points in two bytes; those beyond the basic plane fold into its private part.

    Only used to look at two characters that differ, never to say that two names are the same.
    """
    return np.where(codes > 0xFFFF, 0xE000 + codes % 0x1900, codes).astype(np.uint16)


_COLUMNS: dict[str, type[np.generic]] = {
    "owner": np.uint32,
    "kind": np.uint8,
    "start": np.uint32,
    "length": np.uint8,
    "brand": np.uint8,
    "form": np.uint8,
    "body": np.uint8,
    "group": np.bool_,
    "branch": np.uint32,
    "town": np.uint16,
    "place": np.int32,
    "county": np.int32,
    "alive": np.bool_,
}


class Rows:
    """Columns that grow at the end. `codes[start:start + length]` is the core of a name."""

    owner: NDArray[np.uint32]
    kind: NDArray[np.uint8]
    start: NDArray[np.uint32]
    length: NDArray[np.uint8]
    brand: NDArray[np.uint8]
    form: NDArray[np.uint8]
    #: The form by which the firm is compared: of a short name without one, that of the registered name.
    body: NDArray[np.uint8]
    group: NDArray[np.bool_]
    branch: NDArray[np.uint32]
    #: A number for the township that stands behind the county, 0 where none does.
    town: NDArray[np.uint16]
    place: NDArray[np.int32]
    county: NDArray[np.int32]
    alive: NDArray[np.bool_]

    def __init__(self, capacity: int = 0) -> None:
        room = capacity + capacity // _SPARE_SHARE + _SPARE
        self.count = self.written = 0
        self.codes = np.zeros(room * 7, np.uint16)
        for name, kind in _COLUMNS.items():
            setattr(self, name, np.zeros(room, kind))

    def append(
        self,
        columns: Columns,
        *,
        owner: NDArray[np.int64],
        kind: NDArray[np.int64],
        county: NDArray[np.int64],
    ) -> None:
        """Add the names of one block at the end."""
        first, last = self.count, self.count + len(columns)
        written = self.written + len(columns.codes)
        self._grow(last, written)
        self.codes[self.written : written] = folded(columns.codes)
        length = np.minimum(np.diff(columns.starts), 255)
        values = {
            "owner": owner,
            "kind": kind,
            "start": self.written + columns.starts[:-1],
            "length": length,
            "brand": np.minimum(columns.brand, length),
            "form": columns.form,
            "body": columns.form,
            "group": columns.group,
            "branch": folded_branch(columns.branch),
            "town": columns.town,
            "place": columns.place,
            "county": county,
            "alive": True,
        }
        for name, value in values.items():
            getattr(self, name)[first:last] = value
        self.count, self.written = last, written

    def append_one(
        self, parts: Parts, *, owner: int, kind: NameKind, place: int, county: int, body: int
    ) -> None:
        """Add one name at the end."""
        core = folded(np.frombuffer(parts.core.encode("utf-32-le"), np.uint32))[:255]
        row, written = self.count, self.written + len(core)
        self._grow(row + 1, written)
        self.codes[self.written : written] = core
        self.owner[row], self.kind[row], self.start[row] = owner, kind, self.written
        self.length[row], self.brand[row] = len(core), min(parts.brand, len(core))
        self.form[row], self.body[row], self.group[row] = parts.form, body, parts.group
        self.branch[row] = hash_of(parts.branch) >> 32 if parts.branch else 0
        self.town[row] = town_number(hash_of(parts.town)) if parts.town else 0
        self.place[row], self.county[row], self.alive[row] = place, county, True
        self.count, self.written = row + 1, written

    def _grow(self, rows: int, codes: int) -> None:
        if codes > len(self.codes):
            self.codes = _longer(self.codes, codes)
        if rows > len(self.owner):
            for name in _COLUMNS:
                setattr(self, name, _longer(getattr(self, name), rows))

    def core(self, row: int) -> str:
        """The core of one name (characters beyond the basic plane folded)."""
        start = int(self.start[row])
        return self.codes[start : start + int(self.length[row])].tobytes().decode("utf-16-le", "replace")


def folded_branch(hashes: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Half of the hash of a branch; 0 stays 0."""
    return (hashes >> np.uint64(32)).astype(np.uint32)


def _longer(column: NDArray[Any], needed: int) -> NDArray[Any]:
    longer: NDArray[Any] = np.zeros(needed + needed // 8 + _SPARE, column.dtype)
    longer[: len(column)] = column
    return longer
