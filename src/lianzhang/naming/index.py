"""The index of a registry: every name of every enterprise, found under any of its keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text
from lianzhang.naming.clean import clean
from lianzhang.naming.columns import split_all
from lianzhang.naming.filing import Filing, keys_of_one
from lianzhang.naming.ids import Ids
from lianzhang.naming.keys import ROW_MASK, Key, Numbers, hash_of, key_of
from lianzhang.naming.lexicon import NO_FORM
from lianzhang.naming.parts import split_clean
from lianzhang.naming.places import Places, places_of_pack
from lianzhang.naming.postings import Postings
from lianzhang.naming.rows import NameKind, Rows
from lianzhang.naming.texts import Texts

#: Names taken apart at a time: large enough for the arrays, small enough for the cache.
_BLOCK = 16_384
#: More keys than a name usually has.
_KEYS_A_NAME = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """An enterprise as the index takes it in. `county` is a name or code, or empty."""

    id: str
    name: str
    former: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    county: str = ""


class DoubleEnterprise(LianzhangError):
    """The same id twice in one registry."""

    @classmethod
    def named(cls, id: str) -> DoubleEnterprise:
        """The error for this id."""
        return cls(
            Text(
                f"名录中编号“{id}”出现了不止一次。", f"The id “{id}” stands more than once in the registry."
            ),
            Text(
                "每家企业一行；请合并或改正编号。",
                "Give each enterprise one row; merge the rows or correct the id.",
            ),
        )


class UnknownEnterprise(LianzhangError):
    """An id the index does not hold."""


class NameIndex:
    """Finds enterprises by name; names are added and withdrawn while it stands.

    >>> index = NameIndex.of([Listed("E1", "山东时风(集团)有限责任公司", short=("时风集团",), county="高唐县")])
    >>> len(index), index.enterprise_id(0)
    (2, 'E1')
    """

    def __init__(self, ids: Sequence[str], *, places: Places | None = None) -> None:
        self.places = places or places_of_pack()
        self.ids = Ids(ids)
        self.names = Texts([])
        self.rows = Rows()
        self.postings = Postings(np.empty(0, np.uint64))
        self._registered: dict[int, int] = {}

    @classmethod
    def of(cls, enterprises: Iterable[Listed], *, places: Places | None = None) -> NameIndex:
        """An index of these enterprises; raises `DoubleEnterprise` where an id comes twice."""
        listed = list(enterprises)
        others = [
            (number, name, kind)
            for number, one in enumerate(listed)
            for kind, names in (
                (NameKind.FORMER, one.former),
                (NameKind.SHORT, one.short),
                (NameKind.ENGLISH, one.english),
            )
            for name in names
        ]
        return cls.from_columns(
            [one.id for one in listed],
            [one.name for one in listed],
            county=[one.county for one in listed],
            others=others,
            places=places,
        )

    @classmethod
    def from_columns(
        cls,
        ids: Sequence[str],
        names: Sequence[str],
        *,
        county: Sequence[str] | None = None,
        others: Sequence[tuple[int, str, NameKind]] = (),
        places: Places | None = None,
    ) -> NameIndex:
        """The index of a large registry: one id and one registered name per enterprise.

        `others` are further names: (number of the enterprise, name, kind). About 3.5 CPU seconds and 200 MB for a
        million enterprises.
        """
        if len(ids) + len(others) > ROW_MASK:
            raise LianzhangError(
                Text(
                    f"名录太大：最多 {ROW_MASK} 个名称。",
                    f"The registry is too large: at most {ROW_MASK} names.",
                )
            )
        index = cls(ids, places=places)
        double = index.ids.double()
        if double is not None:
            raise DoubleEnterprise.named(double)
        index._build(names, county, others)
        return index

    def _build(
        self, names: Sequence[str], county: Sequence[str] | None, others: Sequence[tuple[int, str, NameKind]]
    ) -> None:
        every = [*names, *(name for _, name, _ in others)] if others else names
        owner = np.concatenate(
            [np.arange(len(names)), np.array([number for number, _, _ in others], np.int64)]
        )
        kind = np.zeros(len(every), np.int64)
        kind[len(names) :] = [kind for _, _, kind in others]
        where = self._counties(county, len(names))
        self.names = Texts(every)
        self.rows = Rows(len(every))
        # One array from the start: many small ones would leave the heap full of holes. Untouched pages cost nothing.
        entries, used = np.empty(len(every) * _KEYS_A_NAME, np.uint64), 0
        for first in range(0, len(every), _BLOCK):
            block = slice(first, first + _BLOCK)
            more = self._file(every[block], owner[block], kind[block], where[owner[block]])
            if used + len(more) > len(entries):
                entries = np.concatenate([entries[:used], np.empty(len(entries), np.uint64)])
            entries[used : used + len(more)] = more
            used += len(more)
        # A short name says nothing of the place; the registered name of the same enterprise does.
        place = self.rows.place[: len(every)]
        unplaced = np.flatnonzero((place == 0) & (kind != NameKind.REGISTERED))
        place[unplaced] = place[owner[unplaced]]
        # Nor of the kind of body.
        body = self.rows.body[: len(every)]
        formless = np.flatnonzero((body == NO_FORM) & (kind == NameKind.SHORT))
        body[formless] = body[owner[formless]]
        self.postings = Postings(entries[:used])

    def _counties(self, county: Sequence[str] | None, count: int) -> NDArray[np.int64]:
        if county is None:
            return np.zeros(count, np.int64)
        known = {name: self.places.named(name) for name in set(county)}
        return np.array([known[name] for name in county], np.int64)

    def _file(
        self,
        names: Sequence[str],
        owner: NDArray[np.int64],
        kind: NDArray[np.int64],
        county: NDArray[np.int64],
    ) -> Numbers:
        columns = split_all(names, self.places)
        first = self.rows.count
        self.rows.append(columns, owner=owner, kind=kind, county=county)
        rows, keys = Filing(columns).every()
        entries: Numbers = keys | (rows + first).astype(np.uint64)
        return entries

    def __len__(self) -> int:
        """How many names the index holds, withdrawn ones not counted."""
        return int(np.count_nonzero(self.rows.alive[: self.rows.count]))

    def enterprise_id(self, number: int) -> str:
        """The id of the enterprise with this number."""
        return self.ids[number]

    def add(self, enterprise: Listed) -> None:
        """Take one more enterprise in, without a rebuild; raises `DoubleEnterprise` where its id is listed."""
        if self.ids.number(enterprise.id) is not None:
            raise DoubleEnterprise.named(enterprise.id)
        number = self.ids.add(enterprise.id)
        self._registered[number] = self.rows.count
        county = self.places.named(enterprise.county)
        self._add(number, enterprise.name, NameKind.REGISTERED, county)
        for kind, names in (
            (NameKind.FORMER, enterprise.former),
            (NameKind.SHORT, enterprise.short),
            (NameKind.ENGLISH, enterprise.english),
        ):
            for name in names:
                self._add(number, name, kind, county)

    def add_name(self, enterprise: str, name: str, kind: NameKind) -> None:
        """One more name of a listed enterprise; raises `UnknownEnterprise`."""
        number = self._number(enterprise)
        self._add(number, name, kind, int(self.rows.county[self._registered_row(number)]))

    def withdraw(self, enterprise: str, name: str | None = None) -> int:
        """Find an enterprise no longer, or not under one name; how many names that were. Raises `UnknownEnterprise`."""
        number = self._number(enterprise)
        rows = self.rows
        if name is None:
            of_it = np.flatnonzero(rows.owner[: rows.count] == number)
        else:
            key = key_of(Key.FULL, hash_of(split_clean(clean(name), self.places).text))
            found = self.postings.rows_of([key], at_most=ROW_MASK) or [[]]
            of_it = np.array([row for row in found[0] if rows.owner[row] == number], np.int64)
        of_it = of_it[rows.alive[of_it]]
        rows.alive[of_it] = False
        return len(of_it)

    def _number(self, enterprise: str) -> int:
        number = self.ids.number(enterprise)
        if number is None:
            raise UnknownEnterprise(
                Text(f"名录中没有编号“{enterprise}”。", f"The registry has no enterprise “{enterprise}”.")
            )
        return number

    def _registered_row(self, number: int) -> int:
        # When an index is built, the registered name of enterprise n is row n.
        return self._registered.get(number, number)

    def _add(self, number: int, name: str, kind: NameKind, county: int) -> None:
        row = self.rows.count
        parts = split_clean(clean(name), self.places)
        place = parts.place
        if not place and kind is not NameKind.REGISTERED:
            place = int(self.rows.place[self._registered_row(number)])
        body = parts.form
        if body == NO_FORM and kind is NameKind.SHORT:
            body = int(self.rows.body[self._registered_row(number)])
        self.names.append(name)
        self.rows.append_one(parts, owner=number, kind=kind, place=place, county=county, body=body)
        self.postings.add(keys_of_one(parts), row)
