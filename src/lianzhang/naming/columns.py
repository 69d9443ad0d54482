"""Many names taken apart at once: the reading of `parts.py` for ordinary names, a column at a time.

Names with brackets, branches or divisions that are not unique go to `parts.py` one by one; both give
the same answer (a property test holds them to it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.clean import cleaned_codes
from lianzhang.naming.keys import (
    Numbers,
    Stretches,
    WordTable,
    hash_of,
    town_number,
    town_numbers,
    values,
)
from lianzhang.naming.lexicon import ANY_COMPANY, lexicon
from lianzhang.naming.miswritten import REACH, SIGNS, STOCK_SIGNS
from lianzhang.naming.parts import ZONES, Parts, split_clean
from lianzhang.naming.places import Places

Ints = NDArray[np.int64]
#: The number of a division word that stands for several places.
_SEVERAL = -2
_STEPS = 3
#: Characters of a township's name before 镇 or 乡.
_LONGEST_TOWN = 3


@dataclass(frozen=True)
class Columns:
    """The parts of many names. Row i's core is `codes[starts[i]:starts[i + 1]]`; hashes are those of `keys.py`.

    `bare` and `town` are 0 where there is none. `branch` is the hash of what makes the name a branch, 0 for a whole
    firm.
    """

    full: Numbers
    bare: Numbers
    branch: Numbers
    codes: NDArray[np.uint32]
    starts: Ints
    brand: Ints
    place: Ints
    form: Ints
    group: NDArray[np.bool_]
    town: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.full)


@dataclass(frozen=True)
class _Words:
    forms: WordTable
    group: WordTable
    branches: WordTable
    zones: WordTable
    trades: WordTable
    places: WordTable
    place_of: Ints
    bare: NDArray[np.bool_]
    place_lengths: tuple[int, ...]
    heads: WordTable
    #: Characters that legal forms, groups and branches are written with.
    form_signs: NDArray[np.uint32]


@lru_cache(maxsize=4)
def _words(places: Places) -> _Words:
    words = lexicon()
    names = list(places.words)
    return _Words(
        forms=WordTable(dict(words.forms)),
        group=WordTable(dict.fromkeys(words.group, 1)),
        branches=WordTable(dict.fromkeys((*words.branches, *words.branches_of_firms), 1)),
        zones=WordTable(dict.fromkeys(ZONES, 1)),
        trades=trade_table(),
        places=WordTable({name: number for number, name in enumerate(names)}),
        place_of=np.array([found[0] if len(found) == 1 else _SEVERAL for found in places.words.values()]),
        bare=np.array([name in places.bare for name in names]),
        place_lengths=tuple(sorted({len(name) for name in names}, reverse=True)),
        heads=WordTable({name[:2]: 1 for name in names}),
        form_signs=np.unique(
            [ord(sign) for word in (*words.forms, *words.group, *words.branches) for sign in word]
        ),
    )


@lru_cache(maxsize=1)
def trade_table() -> WordTable:
    """The words of trades, by hash."""
    return WordTable(dict.fromkeys(lexicon().trades, 1))


def split_all(names: Sequence[str], places: Places) -> Columns:
    """Take many names apart; a few ten thousand at a time keep the working memory small."""
    codes, starts = cleaned_codes(names)
    reading = _Reading(*_groups_without_brackets(codes, starts), places)
    slow = np.flatnonzero(reading.slow).tolist()
    ends = starts.tolist()
    text = codes.astype("<u4").tobytes().decode("utf-32-le") if slow else ""
    parts = {row: split_clean(text[ends[row] : ends[row + 1]], places) for row in slow}
    return reading.columns(parts)


def _groups_without_brackets(
    codes: NDArray[np.uint32], starts: Ints
) -> tuple[NDArray[np.uint32], Ints, Ints]:
    """The names with (集团) written as 集团, where it is all that stands in brackets; where it stands, else -1."""
    count = len(starts) - 1
    at = np.full(count, -1, np.int64)
    opening = np.flatnonzero(codes == ord("("))
    opening = opening[opening + 3 < len(codes)]
    for step, sign in enumerate("集团)", 1):
        opening = opening[codes[opening + step] == ord(sign)]
    owner = np.searchsorted(starts, opening, "right") - 1
    brackets = np.flatnonzero((codes == ord("(")) | (codes == ord(")")))
    of_row = np.bincount(np.searchsorted(starts, brackets, "right") - 1, minlength=count)
    alone = (of_row[owner] == 2) & (opening + 3 < starts[owner + 1])
    opening, owner = opening[alone], owner[alone]
    kept = np.ones(len(codes), np.bool_)
    kept[opening] = kept[opening + 3] = False
    shift = np.zeros(count, np.int64)
    shift[owner] = 2
    gone = np.concatenate([np.zeros(1, np.int64), np.cumsum(shift)])
    at[owner] = opening - gone[owner]
    return codes[kept], starts - gone, at


class _Reading:
    """The state of one pass over the names: how far each has been read from either end."""

    def __init__(self, codes: NDArray[np.uint32], starts: Ints, in_brackets: Ints, places: Places) -> None:
        self.words = _words(places)
        self.codes, self.starts = codes, starts
        self.hashes = Stretches(values()[codes])
        count = len(starts) - 1
        self.begin, self.end = starts[:-1].copy(), starts[1:].copy()
        self.slow = self.end == self.begin
        brackets = np.flatnonzero((codes == ord("(")) | (codes == ord(")")))
        self.slow[np.searchsorted(starts, brackets, "right") - 1] = True
        self.full = self.hashes.between(self.begin, self.end)
        self.form = np.zeros(count, np.int64)
        self.group = np.zeros(count, np.bool_)
        self.place = np.zeros(count, np.int64)
        self.bare = np.zeros(count, np.uint64)
        self.town = np.zeros(count, np.uint16)
        self._endings()
        self._groups(in_brackets)
        self._places()
        self.brand_end = self.end.copy()
        self._trades()

    def _suffix(self, table: WordTable, rows: Ints, length: int, *, leave: int) -> tuple[Ints, Ints]:
        """Which rows end in a word of this length, leaving at least so many characters; and the words."""
        rows = rows[self.end[rows] - self.begin[rows] >= length + leave]
        found = table.find(self.hashes.between(self.end[rows] - length, self.end[rows]))
        hit = found >= 0
        return rows[hit], found[hit]

    def _endings(self) -> None:
        rows = np.flatnonzero(~self.slow)
        words = lexicon()
        for length in {len(word) for word in (*words.branches, *words.branches_of_firms)}:
            branches, _ = self._suffix(self.words.branches, rows, length, leave=2)
            self.slow[branches] = True
        rows = np.flatnonzero(~self.slow)
        for length in lexicon().form_lengths:
            formed, form = self._suffix(self.words.forms, rows, length, leave=1)
            self.form[formed] = form
            self.end[formed] -= length
            rows = rows[self.form[rows] == 0]
        self._doubtful_forms()
        for mark in lexicon().group:
            rows = np.flatnonzero(~self.slow & ~self.group)
            grouped, _ = self._suffix(self.words.group, rows, len(mark), leave=1)
            self.group[grouped] = True
            self.end[grouped] -= len(mark)

    def _groups(self, in_brackets: Ints) -> None:
        """集团 that stood in brackets is read here where it stands before a sure form, and nothing else is odd."""
        rows = np.flatnonzero((in_brackets >= 0) & ~self.slow)
        sure = self.group[rows] & (self.form[rows] > ANY_COMPANY) & (self.end[rows] == in_brackets[rows])
        sure &= self.end[rows] > self.begin[rows]
        # What stands before it could belong to the form, or be a form of its own.
        before = self.codes[np.maximum(self.end[rows] - 1, 0)]
        sure &= ~np.isin(before, self.words.form_signs)
        self.slow[rows[~sure]] = True

    def _doubtful_forms(self) -> None:
        """Names that may end in a form written wrongly are read one by one."""
        near = np.flatnonzero(np.isin(self.codes, [ord(sign) for sign in SIGNS]))
        owner = np.searchsorted(self.starts, near, "right") - 1
        late = self.starts[owner + 1] - near <= REACH
        self.slow[owner[late & (self.form[owner] <= ANY_COMPANY)]] = True
        rows = np.flatnonzero(self.form == lexicon().forms["有限公司"])
        before = np.maximum(self.end[rows] - np.array([[1], [2]]), 0)
        stock = np.isin(self.codes[before], [ord(sign) for sign in STOCK_SIGNS]).any(0)
        self.slow[rows[stock]] = True

    def _places(self) -> None:
        words = self.words
        last = self.begin.copy()
        word = np.full(len(self.begin), -1, np.int64)
        rows = np.flatnonzero(~self.slow)
        alone = words.places.find(self.hashes.between(self.begin[rows], self.end[rows])) >= 0
        self.slow[rows[alone]] = True
        rows = rows[~alone]
        for _ in range(_STEPS):
            rows = rows[self.end[rows] - self.begin[rows] >= 3]
            rows = rows[words.heads.find(self.hashes.between(self.begin[rows], self.begin[rows] + 2)) >= 0]
            placed: list[Ints] = []
            for length in words.place_lengths:
                fit = rows[self.end[rows] - self.begin[rows] > length]
                found = words.places.find(self.hashes.between(self.begin[fit], self.begin[fit] + length))
                fit, found = fit[found >= 0], found[found >= 0]
                where = words.place_of[found]
                self.slow[fit[where == _SEVERAL]] = True
                inside = (where != _SEVERAL) & _lies_in(self.place[fit], where)
                fit, found, where = fit[inside], found[inside], where[inside]
                self.place[fit], word[fit], last[fit] = where, found, self.begin[fit]
                self.begin[fit] += length
                placed.append(fit)
                rows = rows[~np.isin(rows, fit, assume_unique=True)] if len(fit) else rows
            rows = np.concatenate(placed)
            rows = np.sort(rows[(self.place[rows] % 100 == 0) & ~self.slow[rows]])
        self._after_places()
        doubtful = np.flatnonzero((word >= 0) & words.bare[word] & ~self.slow & (self.town == 0))
        self.bare[doubtful] = self.hashes.between(last[doubtful], self.end[doubtful])

    def _after_places(self) -> None:
        rows = np.flatnonzero(~self.slow)
        first = self.codes.take(self.begin[rows], mode="clip") if len(self.codes) else rows
        rows = rows[(self.begin[rows] > self.starts[rows]) | np.isin(first, _zone_signs())]
        for length in {len(zone) for zone in ZONES}:
            fit = rows[self.end[rows] - self.begin[rows] >= length]
            zoned = self.words.zones.find(self.hashes.between(self.begin[fit], self.begin[fit] + length)) >= 0
            self.slow[fit[zoned]] = True
        self._towns(rows[~self.slow[rows] & (self.place[rows] % 100 != 0)])

    def _towns(self, rows: Ints) -> None:
        """Leave the township out that stands behind a county: up to three characters and 镇 or 乡."""
        chinese = np.ones(len(rows), np.bool_)
        for length in range(1, _LONGEST_TOWN + 1):
            fits = self.end[rows] - self.begin[rows] >= length + 3
            rows, chinese = rows[fits], chinese[fits]
            before = self.codes[self.begin[rows] + length - 1]
            chinese &= (before >= 0x4E00) & (before <= 0x9FFF)
            sign = self.codes[self.begin[rows] + length]
            named = chinese & ((sign == ord("镇")) | (sign == ord("乡")))
            in_town = rows[named]
            ends = self.begin[in_town] + length + 1
            self.town[in_town] = town_numbers(self.hashes.between(self.begin[in_town], ends))
            self.begin[in_town] = ends
            rows, chinese = rows[~named], chinese[~named]

    def _trades(self) -> None:
        trades, lengths = self.words.trades, lexicon().trade_lengths
        rows = np.flatnonzero(~self.slow)
        while len(rows):
            shorter: list[Ints] = []
            for length in lengths:
                fit = rows[self.brand_end[rows] - self.begin[rows] >= length + 2]
                hit = trades.find(self.hashes.between(self.brand_end[fit] - length, self.brand_end[fit])) >= 0
                fit = fit[hit]
                self.brand_end[fit] -= length
                shorter.append(fit)
                rows = rows[~np.isin(rows, fit, assume_unique=True)] if len(fit) else rows
            rows = np.sort(np.concatenate(shorter))

    def columns(self, parts: dict[int, Parts]) -> Columns:
        """The columns, with the rows that were read one by one put in."""
        slow = np.fromiter(parts, np.int64, len(parts))
        length = self.end - self.begin
        length[slow] = [len(part.core) for part in parts.values()]
        starts = np.zeros(len(length) + 1, np.int64)
        np.cumsum(length, out=starts[1:])
        source = self.begin.copy()
        extra = "".join(part.core for part in parts.values())
        source[slow] = len(self.codes) + np.cumsum(length[slow]) - length[slow]
        pool = np.concatenate([self.codes, np.frombuffer(extra.encode("utf-32-le"), np.uint32)])
        codes = pool[np.arange(starts[-1]) + np.repeat(source - starts[:-1], length)]
        branch = np.zeros(len(length), np.uint64)
        brand = self.brand_end - self.begin
        for row, part in parts.items():
            self.full[row] = hash_of(part.text)
            self.bare[row] = hash_of(part.bare) if part.bare else 0
            branch[row] = hash_of(part.branch) if part.branch else 0
            brand[row], self.place[row] = part.brand, part.place
            self.form[row], self.group[row] = part.form, part.group
            self.town[row] = town_number(hash_of(part.town)) if part.town else 0
        return Columns(
            self.full, self.bare, branch, codes, starts, brand, self.place, self.form, self.group, self.town
        )


@lru_cache(maxsize=1)
def _zone_signs() -> NDArray[np.uint32]:
    return np.unique([ord(zone[0]) for zone in ZONES]).astype(np.uint32)


def extents(places: Ints) -> Ints:
    """`extent` of many places."""
    # Dividing whole arrays by a fixed number is several times faster than taking remainders.
    in_city = places // 100 * 100 != places
    return np.where(in_city, 1, np.where(places // 10_000 * 10_000 != places, 100, 10_000))


def _lies_in(outer: Ints, inner: Ints) -> NDArray[np.bool_]:
    """Whether each place may follow the one named before it: none yet, or one that holds it."""
    level = extents(outer)
    inside: NDArray[np.bool_] = (outer == 0) | ((outer // level == inner // level) & (outer != inner))
    return inside
