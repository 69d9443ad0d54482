"""Numbers in digits and in Chinese words."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_SCALES = frozenset("万亿")

#: What a scale word multiplies by.
SCALE_VALUE = {
    "百": 100,
    "千": 1_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "万": 10_000,
    "亿": 100_000_000,
    "万亿": 10**12,
}


def is_guess(words: str) -> bool:
    """Whether two digits in a row (七八, 三四百) make a worded number a guess; years such as 一九九八 are longer."""
    pairs = pairwise(words)
    return len(words) < 4 and any(
        first in _DIGITS and second in _DIGITS and _DIGITS[second] - _DIGITS[first] == 1 and _DIGITS[first]
        for first, second in pairs
    )


@lru_cache(maxsize=4096)
def worded_number(words: str) -> int | None:
    """The value of a Chinese numeral (`一百二十` → 120, `二〇二五` → 2025); None when it is none.

    Follows ordinary use: `三千五` alone is not read as 3,500 because headlines use it for both.
    """
    if not words or any(
        sign not in _DIGITS and sign not in _PLACES and sign not in _SCALES for sign in words
    ):
        return None
    if all(sign in _DIGITS for sign in words):
        return int("".join(str(_DIGITS[sign]) for sign in words))
    head, sign, tail = words.rpartition("亿")
    if sign:
        return _scaled(head, 100_000_000, tail)
    head, sign, tail = words.rpartition("万")
    if sign:
        return _scaled(head, 10_000, tail)
    return _below_ten_thousand(words)


def _scaled(head: str, scale: int, tail: str) -> int | None:
    """`head` times `scale` plus `tail`; a bare last digit (三万五) is left alone, for it means 35,000 or 30,005."""
    many = worded_number(head)
    rest = worded_number(tail.lstrip("零〇")) if tail.strip("零〇") else 0
    if many is None or many == 0 or rest is None or rest >= scale:
        return None
    if tail and len(tail) == 1 and tail not in "零〇":
        return None
    return many * scale + rest


def _below_ten_thousand(words: str) -> int | None:
    total = digit = 0
    last = 10_000
    for index, sign in enumerate(words):
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
            continue
        place = _PLACES[sign]
        bare_ten = sign == "十" and (index == 0 or words[index - 1] in "百千零〇")
        if place >= last or not digit and not bare_ten:
            return None
        total += (digit or 1) * place
        digit, last = 0, place
    if digit and last > 10 and words[-2] not in "零〇":
        return None
    return total + digit


@lru_cache(maxsize=65536)
def digits_number(digits: str) -> Decimal:
    """The value of digits with optional thousands separators."""
    return Decimal(digits.replace(",", ""))
