"""How trade name and industry of two names agree, and which character is off where one is."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.compare.levels import NameLevel
from lianzhang.naming.lexicon import lexicon
from lianzhang.naming.likeness import look_alike, sound_alike

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.uint16]
#: Cores are compared up to this length.
_WIDTH = 32


def width_for(*lengths: Ints) -> int:
    """How wide a rectangle must be for these cores, with one zero behind the longest."""
    longest = max((int(length.max()) for length in lengths if len(length)), default=0)
    return min(longest + 1, _WIDTH)


def padded(codes: Codes, start: Ints, length: Ints, *, width: int) -> Codes:
    """Cores as columns of a rectangle, zeros below them: all first characters stand in one row of memory."""
    line = np.arange(width)[:, None]
    at = start + line
    found = codes.take(at, mode="clip") if len(codes) else np.zeros(at.shape, np.uint16)
    found[line >= length] = 0
    return found


def _how_many(flags: Flags) -> Ints:
    """How many of each column are true."""
    counts: Ints = flags.view(np.uint8).sum(0, dtype=np.uint8).astype(np.int64)
    return counts


def _from_the_end(longer: Codes, shorter: Codes) -> Ints:
    """From which character on the longer core, put one to the left, is the shorter one."""
    alike = np.logical_and.accumulate((longer[1:] == shorter[:-1])[::-1], axis=0)
    return len(alike) - _how_many(alike)


class Slips:
    """Pairs of cores that may be one slip apart: what happened, and where."""

    def __init__(self, mention: Codes, firm: Codes, longer: Ints) -> None:
        """`longer` says by how many characters the mention is longer than the firm's core."""
        width, count = mention.shape
        differs = mention != firm
        differing = _how_many(differs)
        self.same = differing == 0
        self.at: Ints = np.where(self.same, 0, _how_many(np.logical_and.accumulate(~differs, axis=0)))
        row = np.arange(count)
        self.replaced = (longer == 0) & (differing == 1)
        next_ = np.minimum(self.at + 1, width - 1)
        crossed = (mention[self.at, row] == firm[next_, row]) & (mention[next_, row] == firm[self.at, row])
        self.swapped = (longer == 0) & crossed & (differing == 2)
        self.dropped, self.added = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
        less, more = np.flatnonzero(longer == -1), np.flatnonzero(longer == 1)
        if len(less):
            self.dropped[less] = _from_the_end(firm[:, less], mention[:, less]) <= self.at[less]
        if len(more):
            self.added[more] = _from_the_end(mention[:, more], firm[:, more]) <= self.at[more]
        self.one, self.other = mention[self.at, row], firm[self.at, row]
        before = mention[np.maximum(self.at - 1, 0), row]
        self.doubled = self.added & (self.at > 0) & (before == self.one)

        self.one_slip = self.replaced | self.swapped | self.dropped | self.added
        distinct = _is_distinct()
        one, other = distinct[self.one], distinct[self.other]
        self.apart = (
            (self.replaced & one & other) | (self.dropped & other) | (self.added & ~self.doubled & one)
        )

    def halves(self) -> NDArray[np.uint8]:
        """Pairs in which one of two characters of a trade name differs: whether they may be meant for each other."""
        may_be = self.one_slip & ~self.apart
        return np.where(may_be, int(NameLevel.HALF), int(NameLevel.REJECTED)).astype(np.uint8)

    def levels(self, mention_brand: Ints, firm_brand: Ints, firm_length: Ints) -> NDArray[np.uint8]:
        """The level of each pair; `REJECTED` where more than one slip lies between."""
        replaced = self.replaced & _mistakable(self.one, self.other, self.replaced)
        in_brand = self.at < firm_brand
        # 新星 and 星新 are two firms; 承轴 is a slip.
        mistaken = replaced | self.doubled | self.dropped | (self.swapped & ~in_brand)
        # A trade name that lost a character is compared at its shorter length. Where so much seems to be trade name,
        # the industry is a word not known here, and its first two characters are the trade name.
        brand = firm_brand - self.dropped
        unknown_trade = (firm_brand >= 5) | ((firm_brand == 4) & (firm_brand == firm_length))
        short = in_brand & ((brand <= 2) | (unknown_trade & (self.at < 2)))
        # 机电 for 机械 is another industry, 抽承 for 轴承 is no word at all.
        known_trade = mention_brand <= self.at
        levels = np.full(len(self.at), int(NameLevel.SLIP_OTHER), np.uint8)
        levels[~in_brand & mistaken & ~known_trade] = NameLevel.SLIP_TRADE
        levels[~in_brand & ~mistaken & known_trade] = NameLevel.REJECTED
        levels[in_brand & mistaken] = NameLevel.SLIP_LONG
        levels[short] = NameLevel.REJECTED
        levels[short & mistaken & ~self.dropped] = NameLevel.SLIP_SHORT
        levels[short & self.swapped] = NameLevel.SLIP_OTHER
        levels[~self.one_slip | self.apart] = NameLevel.REJECTED
        levels[self.same] = NameLevel.CORE
        return levels


@cache
def _is_distinct() -> Flags:
    """Characters that, put for each other, name another firm: 第一 and 第二, 南方 and 北方."""
    table = np.zeros(1 << 16, np.bool_)
    table[[ord(character) for character in lexicon().distinct]] = True
    return table


def _mistakable(one: Codes, other: Codes, where: Flags) -> Flags:
    result = np.zeros(len(one), np.bool_)
    pairs = one[where].astype(np.uint32) << 16 | other[where]
    result[where] = [_MISTAKABLE[pair] for pair in pairs.tolist()]
    return result


class _Mistakable(dict[int, bool]):
    """`mistakable` by the codes of both characters as one number; few pairs ever meet, and they meet often."""

    def __missing__(self, pair: int) -> bool:
        known = self[pair] = mistakable(chr(pair >> 16), chr(pair & 0xFFFF))
        return known


_MISTAKABLE = _Mistakable()


def mistakable(one: str, other: str) -> bool:
    """Whether people write one of the characters for the other.

    >>> mistakable("祥", "翔"), mistakable("昊", "吴"), mistakable("鑫", "亚")
    (True, True, False)
    """
    return sound_alike(one, other) or look_alike(one, other)


def sound_levels(mention: Codes, firm: Codes) -> NDArray[np.uint8]:
    """Pairs of one sound: several characters differ; where only one does, it is a slip and found as such."""
    several = _how_many(mention != firm) >= 2
    return np.where(several, int(NameLevel.SOUND), int(NameLevel.REJECTED)).astype(np.uint8)


def abridged_levels(
    mention: Codes, firm: Codes, length: Ints, mention_brand: Ints, firm_brand: Ints
) -> NDArray[np.uint8]:
    """One trade name, and the mention's industry is in order part of the firm's: 九星科技 for 九星轴承科技."""
    at, line = mention_brand.copy(), np.arange(mention.shape[1])
    for place, sign in enumerate(firm):
        at += (place >= firm_brand) & (sign != 0) & (mention[np.minimum(at, len(firm) - 1), line] == sign)
    whole = (at >= length) & (mention_brand == firm_brand)
    return np.where(whole, int(NameLevel.ABBREVIATED), int(NameLevel.REJECTED)).astype(np.uint8)


def abridged(mention_trade: str, firm_trade: str) -> bool:
    """The same for one pair with the same trade name.

    >>> abridged("科技", "轴承科技"), abridged("电缆", "轴承科技")
    (True, False)
    """
    rest = iter(firm_trade)
    return all(sign in rest for sign in mention_trade)
