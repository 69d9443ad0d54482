"""Numbers in digits and in Chinese words."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = {"十": 10, "百": 100, "千": 1_000}
_SCALES = {"万": 10_000, "亿": 100_000_000}

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
    total = section = digit = 0
    last = 0
    for sign in words:
        if sign in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[sign]
        elif sign in _PLACES:
            place = _PLACES[sign]
            if last and place >= last:
                return None
            section += (digit or 1) * place
            digit, last = 0, place
        else:
            section += digit
            total = (
                (total + (section or 1)) * _SCALES[sign]
                if sign == "亿"
                else total + (section or 1) * _SCALES[sign]
            )
            section = digit = last = 0
    if digit and last > 10:
        before = words[-2]
        if before not in "零〇十":
            return None
    return total + section + digit


@lru_cache(maxsize=65536)
def digits_number(digits: str) -> Decimal:
    """The value of digits with optional thousands separators."""
    return Decimal(digits.replace(",", ""))
