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
    """Cores as rows of a rectangle, zeros behind them."""
    column = np.arange(width)
    at = start[:, None] + column
    found = codes.take(at, mode="clip") if len(codes) else np.zeros(at.shape, np.uint16)
    found[column >= length[:, None]] = 0
    return found


class Slips:
    """Pairs of cores that may be one slip apart: what happened, and where."""

    def __init__(self, mention: Codes, firm: Codes, longer: Ints) -> None:
        """`longer` says by how many characters the mention is longer than the firm's core."""
        width = mention.shape[1]
        column = np.arange(width)
        differs = mention != firm
        self.at: Ints = differs.argmax(1).astype(np.int64)
        row = np.arange(len(mention))
        behind = column > self.at[:, None]
        dropped = (mention[:, :-1] != firm[:, 1:]) & (column[:-1] >= self.at[:, None])
        added = (mention[:, 1:] != firm[:, :-1]) & (column[:-1] >= self.at[:, None])
        self.same = ~differs.any(1)
        self.replaced = (longer == 0) & ~self.same & ~(differs & behind).any(1)
        next_ = np.minimum(self.at + 1, width - 1)
        crossed = (mention[row, self.at] == firm[row, next_]) & (mention[row, next_] == firm[row, self.at])
        self.swapped = (longer == 0) & crossed & (differs.sum(1) == 2)
        self.dropped = (longer == -1) & ~dropped.any(1)
        self.added = (longer == 1) & ~added.any(1)
        self.one, self.other = mention[row, self.at], firm[row, self.at]
        before = mention[row, np.maximum(self.at - 1, 0)]
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
    several = (mention != firm).sum(1) >= 2
    return np.where(several, int(NameLevel.SOUND), int(NameLevel.REJECTED)).astype(np.uint8)


def abridged_levels(
    mention: Codes, firm: Codes, length: Ints, mention_brand: Ints, firm_brand: Ints
) -> NDArray[np.uint8]:
    """One trade name, and the mention's industry is in order part of the firm's: 九星科技 for 九星轴承科技."""
    at, line = mention_brand.copy(), np.arange(len(mention))
    for column in range(firm.shape[1]):
        sign = firm[:, column]
        at += (
            (column >= firm_brand) & (sign != 0) & (mention[line, np.minimum(at, firm.shape[1] - 1)] == sign)
        )
    whole = (at >= length) & (mention_brand == firm_brand)
    return np.where(whole, int(NameLevel.ABBREVIATED), int(NameLevel.REJECTED)).astype(np.uint8)


def abridged(mention_trade: str, firm_trade: str) -> bool:
    """The same for one pair with the same trade name.

    >>> abridged("科技", "轴承科技"), abridged("电缆", "轴承科技")
    (True, False)
    """
    rest = iter(firm_trade)
    return all(sign in rest for sign in mention_trade)
