"""Which names of the registry a mention is compared with: those that share a key with it, cheap keys first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.compare.levels import Way
from lianzhang.naming.filing import Filing
from lianzhang.naming.keys import ROW_BITS, ROW_MASK, Key, Numbers, hash_of, key_of, keys_of
from lianzhang.naming.lexicon import lexicon
from lianzhang.naming.mentions import Mentions
from lianzhang.naming.postings import Postings
from lianzhang.naming.roman import roman_hashes

Ints = NDArray[np.int64]
#: Rows taken of one key. A trade name borne by more firms than this decides nothing anyway.
BLOCK = {
    Way.FULL: 4096,
    Way.CORE: 4096,
    Way.SHORT: 1024,
    Way.BRAND: 512,
    Way.SLIP: 256,
    Way.SOUND: 256,
    Way.OVERSTATED: 64,
    Way.ROMAN: 128,
    Way.BARE: 1024,
    Way.HALF: 3,
    Way.BARE_SHORT: 256,
    Way.CONTEXT: 256,
}


@dataclass(frozen=True)
class Pairs:
    """Mentions beside names of the registry, and by which keys they met."""

    mention: Ints
    row: Ints
    way: NDArray[np.uint8]

    def once(self) -> Pairs:
        """The same with each pair once (all having been found in one way)."""
        pairs = np.sort(self.mention << ROW_BITS | self.row)
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        return Pairs(pairs >> ROW_BITS, pairs & ROW_MASK, self.way[: len(pairs)])

    @staticmethod
    def joined(parts: Iterable[Pairs]) -> Pairs:
        """Several lots as one."""
        lots = list(parts)
        return Pairs(
            np.concatenate([lot.mention for lot in lots]),
            np.concatenate([lot.row for lot in lots]),
            np.concatenate([lot.way for lot in lots]),
        )


class Candidates:
    """Looks mentions up, lot by lot."""

    def __init__(self, mentions: Mentions, postings: Postings) -> None:
        self._mentions = mentions
        self._columns = mentions.columns
        self._filing = Filing(mentions.columns)
        self._postings = postings

    def literal(self) -> Pairs:
        """Names equal to the letter."""
        return self._found(Way.FULL, *self._filing.full())

    def agreeing(self, wanted: NDArray[np.bool_]) -> Pairs:
        """Names that agree in what the mention states of trade name and industry."""
        columns = self._columns
        brief = wanted & (columns.form <= lexicon().spoken)
        bare = brief & (columns.brand == self._filing.length)
        rows = np.flatnonzero(self._filing.length)
        return Pairs.joined(
            [
                self._found(Way.CORE, *_only(wanted, *self._filing.core())),
                self._found(Way.BARE, *_only(wanted, *self._filing.bare())),
                self._found(Way.BARE_SHORT, *_only(brief, *self._filing.bare(Key.SHORT))),
                self._found(Way.SHORT, *_only(brief, rows, self._rekeyed(Key.SHORT, rows))),
                self._found(Way.BRAND, *_only(brief, *self._filing.brand())),
                self._by_context(bare),
            ]
        )

    def _rekeyed(self, kind: Key, rows: Ints) -> Numbers:
        return keys_of(kind, self._filing.core_hashes(rows))

    def _spelled(self, wanted: NDArray[np.bool_]) -> Pairs:
        """Latin letters that spell the sound of a trade name."""
        rows, keys = [], []
        starts, codes = self._columns.starts, self._columns.codes
        latin = codes[np.minimum(starts[:-1], max(len(codes) - 1, 0))] < 128 if len(codes) else wanted
        for number in np.flatnonzero(wanted & latin).tolist():
            for hashed in roman_hashes(self._core(number)):
                rows.append(number)
                keys.append(key_of(Key.BRAND_SOUND, hashed))
        return self._found(Way.ROMAN, np.array(rows, np.int64), np.array(keys, np.uint64))

    def _by_context(self, bare: NDArray[np.bool_]) -> Pairs:
        """A trade name alone, in a sentence about an industry: 鑫亚 beside 轴承."""
        rows, keys = [], []
        for number, trades in enumerate(self._mentions.trades):
            if trades and bare[number]:
                for trade in trades:
                    text = self._core(number) + trade
                    rows += [number, number]
                    keys += [key_of(Key.CORE, hash_of(text)), key_of(Key.SHORT, hash_of(text))]
        return self._found(Way.CONTEXT, np.array(rows, np.int64), np.array(keys, np.uint64))

    def _core(self, number: int) -> str:
        columns = self._columns
        codes = columns.codes[columns.starts[number] : columns.starts[number + 1]]
        return "".join(map(chr, codes.tolist()))

    def near(self, wanted: NDArray[np.bool_]) -> Pairs:
        """Names one slip away, of one sound or shape, or said more fully than the registry has them."""
        filing = self._filing
        owner, hashes = filing.core_hashes_lacking()
        owner, hashes = _only(wanted, owner, hashes)
        rows = np.flatnonzero(filing.length)
        short_rows, short_hashes = filing.short_hashes()
        sound = _only(wanted, *filing.sound())
        slips = [
            (owner, keys_of(Key.CORE, hashes)),
            (owner, keys_of(Key.LACKING, hashes)),
            _only(wanted, rows, self._rekeyed(Key.LACKING, rows)),
            sound,
            _only(wanted, *filing.shape()),
        ]
        over = [
            _only(wanted, short_rows, keys_of(Key.CORE, short_hashes)),
            _only(wanted, *self._brand_as_core()),
        ]
        half = [_only(wanted, *filing.half()), _only(wanted, *filing.whole_as_half())]
        return Pairs.joined(
            [
                self._found(Way.SLIP, *_together(slips)).once(),
                self._found(Way.SOUND, *sound),
                self._found(Way.OVERSTATED, *_together(over)),
                self._found(Way.HALF, *_together(half)),
                self._spelled(wanted),
            ]
        )

    def joined_lots(self, wanted: NDArray[np.bool_]) -> Pairs:
        """All of the above."""
        return Pairs.joined([self.literal(), self.agreeing(wanted), self.near(wanted)])

    def _brand_as_core(self) -> tuple[Ints, Numbers]:
        rows = np.flatnonzero(self._columns.brand < self._filing.length)
        return rows, keys_of(Key.CORE, self._filing.brand_hashes(rows))

    def _found(self, way: Way, rows: Ints, keys: Numbers) -> Pairs:
        if not len(keys):
            return Pairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.uint8))
        which, found, count = self._postings.find(keys, at_most=BLOCK[way])
        if way is Way.HALF:
            # Half a trade name that many firms share says nothing.
            few = count[which] <= BLOCK[way]
            which, found = which[few], found[few]
        return Pairs(rows[which], found, np.full(len(found), int(way), np.uint8))


def _together(lots: Sequence[tuple[Ints, Numbers]]) -> tuple[Ints, Numbers]:
    return np.concatenate([rows for rows, _ in lots]), np.concatenate([keys for _, keys in lots])


def _only(wanted: NDArray[np.bool_], rows: Ints, keys: Numbers) -> tuple[Ints, Numbers]:
    kept = wanted[rows]
    return rows[kept], keys[kept]
