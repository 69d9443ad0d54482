"""Finding a term in many different texts at once, without reading them again for every term."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from lianzhang.chain.placing.cut import CLOSING, ENDS, OPENING, SOFT_ENDS, folded

Integers = npt.NDArray[np.integer]

_HARD, _SOFT, _OPEN, _CLOSE = 1, 2, 3, 4


def _classes() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x10000, np.uint8)
    for kind, signs in ((_HARD, ENDS), (_SOFT, SOFT_ENDS), (_OPEN, OPENING), (_CLOSE, CLOSING)):
        table[[ord(sign) for sign in signs]] = kind
    return table


_CLASS_OF = _classes()
#: Every character of the basic plane as it is compared; the rest (rare Han) has no width and no case.
_FOLDED = np.array([ord(folded(chr(code))) for code in range(0x10000)], np.uint16)


def _codes(text: str) -> npt.NDArray[np.uint32]:
    """The characters of a text as they are compared."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if len(codes) == 0 or int(codes.max()) < 0x10000:
        return _FOLDED[codes].astype(np.uint32)
    return np.where(codes < 0x10000, _FOLDED[np.minimum(codes, 0xFFFF)], codes)


class TermIndex:
    """Different texts laid end to end, cut into items, with the places of every pair of characters.

    `texts`: the different texts (String). Items are numbered in order; `item_text[i]` is the text that item i
    stands in, `item_start[i]` and `item_end[i]` its place in the joined characters (spaces included).
    """

    def __init__(self, texts: pl.Series) -> None:
        self.codes = _codes(texts.str.join("\n").item() if len(texts) else "")
        lengths = texts.str.len_chars().to_numpy().astype(np.int64)
        #: Where each text begins among the joined characters; texts are one line end apart.
        self.text_start: npt.NDArray[np.int64] = np.cumsum(lengths + 1) - (lengths + 1)
        self.item_start, self.item_end = _items(self.codes)
        self.item_text: npt.NDArray[np.int32] = (
            np.searchsorted(self.text_start, self.item_start, side="right") - 1
        ).astype(np.int32)
        self._found: dict[str, tuple[Integers, Integers]] = {}

    def find(self, term: str) -> tuple[Integers, Integers]:
        """The items that hold `term`, ascending, and where it first stands in each (joined characters).

        A term that holds an item's end, or is empty, stands in no item.
        """
        found = self._found.get(term)
        if found is None:
            found = self._found[term] = self._first_in_items(_codes(term))
        return found

    def prepare(self) -> None:
        """Order the pairs now instead of with the first term."""
        _ = self._pairs

    def forget(self) -> None:
        """Forget the terms found before, when their nodes are gone and memory matters."""
        self._found.clear()

    def _first_in_items(self, term: npt.NDArray[np.uint32]) -> tuple[Integers, Integers]:
        places = self._places(term)
        items = np.searchsorted(self.item_start, places, side="right") - 1
        inside = (items >= 0) & (places + len(term) <= self.item_end[items])
        items, places = items[inside], places[inside]
        first = np.ones(len(items), bool)
        first[1:] = items[1:] != items[:-1]
        return items[first], places[first]

    def _places(self, term: npt.NDArray[np.uint32]) -> Integers:
        """Where the characters of `term` follow each other, ascending."""
        if len(term) == 0 or len(term) > len(self.codes):
            return np.empty(0, np.int64)
        if len(term) == 1:
            return np.flatnonzero(self.codes == term[0])
        order, bounds = self._pairs
        keys = _pair_keys(term)
        rarest = int(np.argmin(bounds[keys.astype(np.int64) + 1] - bounds[keys]))
        key = int(keys[rarest])
        places = order[bounds[key] : bounds[key + 1]] - rarest
        places = places[(places >= 0) & (places + len(term) <= len(self.codes))]
        for offset, code in enumerate(term.tolist()):
            places = places[self.codes[places + offset] == code]
        return places

    @cached_property
    def _pairs(self) -> tuple[Integers, Integers]:
        """Places ordered by the sixteen-bit key of the pair of characters there, and each key's bounds.

        Sixteen bits, because integers of that width are sorted by radix; pairs that share a key do no
        harm, since every place is checked character by character.
        """
        keys = _pair_keys(self.codes)
        order = np.argsort(keys, kind="stable")
        counts = np.bincount(keys, minlength=0x10000)
        return order, np.concatenate(([0], np.cumsum(counts)))


def _pair_keys(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint16]:
    if len(codes) < 2:
        return np.empty(0, np.uint16)
    return (codes[:-1] * np.uint32(40503) + codes[1:]).astype(np.uint16)


def _items(codes: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Begin and end of every item that is not empty; the same cutting as `cut_items`."""
    kinds = _CLASS_OF[np.minimum(codes, 0xFFFF)]
    marks = np.flatnonzero(kinds)
    kind = kinds[marks]
    depth = np.cumsum((kind == _OPEN).astype(np.int64) - (kind == _CLOSE))
    hard = kind == _HARD
    # Depth counts anew after every hard end: take off what stood open at the last one.
    last_hard = np.maximum.accumulate(np.where(hard, np.arange(len(marks)), -1))
    depth -= np.where(last_hard >= 0, depth[last_hard], 0)
    ends_here = hard | ((kind == _SOFT) & (depth <= 0))
    cuts = marks[ends_here]
    begin = np.concatenate(([0], cuts + 1))
    end = np.concatenate((cuts, [len(codes)]))
    filled = end > begin
    return begin[filled], end[filled]
