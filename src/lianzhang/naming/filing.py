"""Under which keys a name is filed, and under which a mention is looked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.columns import Columns, trade_table
from lianzhang.naming.keys import MASK, Key, Numbers, Stretches, hash_of, key_of, keys_of, lacking, values
from lianzhang.naming.lexicon import lexicon
from lianzhang.naming.likeness import SHAPE_VALUE, SOUND_VALUE, has_shape, shape_values, sound_values
from lianzhang.naming.parts import Parts, shortened

Ints = NDArray[np.int64]
#: A core shorter than this is not searched for slips: too little of it would be left.
SHORTEST_FOR_SLIPS = 4
SHORTEST_FOR_LIKENESS = 2
#: Characters of a core in which a slip is looked for.
REACH = 24
#: Trade names have two or three characters, seldom four.
_LONGEST_BRAND = 4
_USUAL_BRANDS = (2, 3)
_AROUND = 0x2545F4914F6CDD1D


def around_of(place: int, form: int) -> int:
    """Place and form as one number."""
    return (place * _AROUND + form) & MASK


def may_hide_trade(brand: int, length: int) -> bool:
    """Whether so much seems to be trade name that its end may be an industry with a word not known here."""
    return brand > _LONGEST_BRAND or brand == length == _LONGEST_BRAND


def first_to_lack(brand: int) -> int:
    """The first character of a core whose absence is searched: those of a two-character trade name stay.

    With one of them gone, half of what tells firms apart is.
    """
    return 2 if brand <= 2 else 0


class Filing:
    """The keys of many names, kind by kind. Each answer is (rows, keys)."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.start, self.end = columns.starts[:-1], columns.starts[1:]
        self.length = self.end - self.start
        self._stretches = Stretches(values()[columns.codes])
        self._core = self._stretches.between(self.start, self.end)

    def full(self) -> tuple[Ints, Numbers]:
        """The whole name."""
        rows = np.flatnonzero(self.columns.full)
        return rows, keys_of(Key.FULL, self.columns.full[rows])

    def core(self) -> tuple[Ints, Numbers]:
        """Trade name and industry."""
        rows = np.flatnonzero(self.length)
        return rows, keys_of(Key.CORE, self._core[rows])

    def bare(self, kind: Key = Key.CORE) -> tuple[Ints, Numbers]:
        """Trade name and industry with a doubtful division word before them."""
        rows = np.flatnonzero(self.columns.bare)
        return rows, keys_of(kind, self.columns.bare[rows])

    def core_hashes(self, rows: Ints) -> Numbers:
        """The hashes of these cores."""
        return self._core[rows]

    def short(self) -> tuple[Ints, Numbers]:
        """Trade name and the first word of the industry, where more follows."""
        rows, hashes = self.short_hashes()
        return rows, keys_of(Key.SHORT, hashes)

    def short_hashes(self) -> tuple[Ints, Numbers]:
        """The same as hashes."""
        all_rows, hashes = [], []
        brand_end = self.start + self.columns.brand
        open_rows = np.flatnonzero(self.end > brand_end)
        for length in lexicon().trade_lengths:
            rows = open_rows[self.end[open_rows] - brand_end[open_rows] > length]
            word = self._stretches.between(brand_end[rows], brand_end[rows] + length)
            rows = rows[trade_table().find(word) >= 0]
            all_rows.append(rows)
            hashes.append(self._stretches.between(self.start[rows], brand_end[rows] + length))
        return np.concatenate(all_rows), np.concatenate(hashes)

    def brand(self) -> tuple[Ints, Numbers]:
        """The trade name alone."""
        rows = np.flatnonzero(self.length)
        return rows, keys_of(Key.BRAND, self.brand_hashes(rows))

    def hidden_brand(self) -> tuple[Ints, Numbers]:
        """What the trade name may be where an industry with a word not known here seems to belong to it."""
        brand = self.columns.brand
        rows = np.flatnonzero((brand > _LONGEST_BRAND) | ((brand == self.length) & (brand == _LONGEST_BRAND)))
        hashes = [
            self._stretches.between(self.start[rows], self.start[rows] + size) for size in _USUAL_BRANDS
        ]
        return np.tile(rows, len(_USUAL_BRANDS)), keys_of(Key.BRAND, np.concatenate(hashes))

    def brand_hashes(self, rows: Ints) -> Numbers:
        """The hashes of these trade names."""
        return self._stretches.between(self.start[rows], self.start[rows] + self.columns.brand[rows])

    def brand_sound(self) -> tuple[Ints, Numbers]:
        """The trade name as it sounds."""
        rows = np.flatnonzero(self.length)
        heard = Stretches(sound_values()[self.columns.codes])
        return rows, keys_of(
            Key.BRAND_SOUND, heard.between(self.start[rows], self.start[rows] + self.columns.brand[rows])
        )

    def sound(self) -> tuple[Ints, Numbers]:
        """The core as it sounds."""
        rows = np.flatnonzero(self.length >= SHORTEST_FOR_LIKENESS)
        heard = Stretches(sound_values()[self.columns.codes])
        return rows, keys_of(Key.SOUND, heard.between(self.start[rows], self.end[rows]))

    def shape(self) -> tuple[Ints, Numbers]:
        """The core as it looks, where some character looks like another."""
        codes = self.columns.codes
        marked = np.zeros(len(codes) + 1, np.int64)
        np.cumsum(has_shape()[codes], out=marked[1:])
        rows = np.flatnonzero(
            (self.length >= SHORTEST_FOR_LIKENESS) & (marked[self.end] > marked[self.start])
        )
        seen = Stretches(shape_values()[codes])
        return rows, keys_of(Key.SHAPE, seen.between(self.start[rows], self.end[rows]))

    def core_hashes_lacking(self) -> tuple[Ints, Numbers]:
        """The core with each character left out in turn, from `first_to_lack` on."""
        rows = np.flatnonzero(self.length >= SHORTEST_FOR_SLIPS)
        first = np.where(self.columns.brand[rows] <= 2, 2, 0)
        count = np.maximum(np.minimum(self.length[rows], REACH) - first, 0)
        owner = np.repeat(rows, count)
        step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
        left = np.repeat(self.start[rows] + first, count) + step
        return owner, self._stretches.without(self.start[owner], self.end[owner], left)

    def half(self) -> tuple[Ints, Numbers]:
        """Place, form and core without one character of a two-character trade name (or of what is left of one)."""
        columns = self.columns
        rows = np.flatnonzero(
            (self.length >= SHORTEST_FOR_SLIPS) & (columns.brand == 2) & (columns.place > 0)
        )
        around = self._around(rows)
        hashes = [
            self._stretches.without(self.start[rows], self.end[rows], self.start[rows] + left) ^ around
            for left in (0, 1)
        ]
        return np.concatenate([rows, rows]), keys_of(Key.HALF, np.concatenate(hashes))

    def whole_as_half(self) -> tuple[Ints, Numbers]:
        """The key under which a name would be found that has one character more in its trade name."""
        columns = self.columns
        rows = np.flatnonzero((self.length >= SHORTEST_FOR_SLIPS - 1) & (columns.place > 0))
        return rows, keys_of(Key.HALF, self._core[rows] ^ self._around(rows))

    def _around(self, rows: Ints) -> Numbers:
        place, form = self.columns.place[rows], self.columns.form[rows]
        around: Numbers = place.astype(np.uint64) * np.uint64(_AROUND) + form.astype(np.uint64)
        return around

    def lacking(self) -> tuple[Ints, Numbers]:
        """Keys of the core with one character left out."""
        rows, hashes = self.core_hashes_lacking()
        return rows, keys_of(Key.LACKING, hashes)

    def every(self) -> tuple[Ints, Numbers]:
        """All keys under which the names are filed."""
        parts = [
            self.full(),
            self.core(),
            self.bare(),
            self.half(),
            self.short(),
            self.brand(),
            self.hidden_brand(),
            self.brand_sound(),
            self.sound(),
            self.shape(),
            self.lacking(),
        ]
        return np.concatenate([rows for rows, _ in parts]), np.concatenate([keys for _, keys in parts])


def keys_of_one(parts: Parts) -> list[int]:
    """The keys under which one name is filed: those of `Filing.every`."""
    core, brand = parts.core, parts.brand_text
    found = [key_of(Key.FULL, hash_of(parts.text))] if parts.text else []
    if not core:
        return found
    hashed = hash_of(core)
    found += [key_of(Key.CORE, hashed), key_of(Key.BRAND, hash_of(brand))]
    if may_hide_trade(parts.brand, len(core)):
        found += [key_of(Key.BRAND, hash_of(core[:size])) for size in _USUAL_BRANDS]
    found.append(key_of(Key.BRAND_SOUND, hash_of(brand, by=SOUND_VALUE)))
    if parts.bare:
        found.append(key_of(Key.CORE, hash_of(parts.bare)))
    found += [key_of(Key.SHORT, hash_of(short)) for short in shortened(core)]
    if len(core) >= SHORTEST_FOR_LIKENESS:
        found.append(key_of(Key.SOUND, hash_of(core, by=SOUND_VALUE)))
        if not lexicon().shape.keys().isdisjoint(core):
            found.append(key_of(Key.SHAPE, hash_of(core, by=SHAPE_VALUE)))
    if len(core) >= SHORTEST_FOR_SLIPS:
        hashes = lacking(core)
        found += [key_of(Key.LACKING, one) for one in hashes[first_to_lack(parts.brand) : REACH]]
        if parts.brand == 2 and parts.place:
            around = around_of(parts.place, parts.form)
            found += [key_of(Key.HALF, one ^ around) for one in hashes[:2]]
    return found
