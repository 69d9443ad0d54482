"""Quantities as they were stated: a Decimal, its unit, and how exact the words made it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from lianzhang.kernel.errors import QuantityError
from lianzhang.kernel.text import Text


class Qualifier(StrEnum):
    """What the words around a number say about it (超, 近, 约, 不低于 …)."""

    EXACT = "exact"
    OVER = "over"
    NEAR = "near"
    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"

    @property
    def word(self) -> Text:
        """The word that goes before the number on screen; empty for an exact one."""
        return _WORDS[self]


_WORDS = {
    Qualifier.EXACT: Text("", ""),
    Qualifier.OVER: Text("超", "over "),
    Qualifier.NEAR: Text("近", "nearly "),
    Qualifier.ABOUT: Text("约", "about "),
    Qualifier.AT_LEAST: Text("不低于", "at least "),
    Qualifier.AT_MOST: Text("不超过", "at most "),
    Qualifier.RANGE: Text("", ""),
}

#: Units of money and count that differ only by a power of ten, as value of one unit.
_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated amount.

    A single statement has `value`; a range has `low` and `high` and no `value`.
    `3000多万元` is value 3000, unit 万元, qualifier over: never a bare float, never rounded.
    """

    value: Decimal | None
    unit: str
    qualifier: Qualifier = Qualifier.EXACT
    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        for number in (self.value, self.low, self.high):
            if number is not None and (not isinstance(number, Decimal) or not number.is_finite()):
                raise QuantityError(
                    Text(f"“{number}”不是有限的十进制数。", f"“{number}” is not a finite decimal number.")
                )
        ranged = self.qualifier is Qualifier.RANGE
        if ranged != (self.value is None) or ranged != (self.low is not None and self.high is not None):
            raise QuantityError(
                Text(
                    "区间须有上下限且无单一数值，其余须有一个数值。",
                    "A range has two ends and no single value; all else has one value.",
                )
            )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise QuantityError(Text("区间下限大于上限。", "The low end of the range exceeds the high end."))

    @classmethod
    def of(cls, value: str | int | Decimal, unit: str, qualifier: Qualifier = Qualifier.EXACT) -> Quantity:
        """One stated value; `value` is read as Decimal."""
        return cls(decimal(value), unit, qualifier)

    @classmethod
    def between(cls, low: str | int | Decimal, high: str | int | Decimal, unit: str) -> Quantity:
        """A stated range, both ends in `unit`."""
        return cls(None, unit, Qualifier.RANGE, decimal(low), decimal(high))

    def label(self, language: str = "zh") -> str:
        """The quantity as a reader would write it: 超3000万元, 7300至8300万元."""
        english = language.lower().startswith("en")
        if self.value is None:
            amount = (
                f"{plain(self.low)} to {plain(self.high)}"
                if english
                else f"{plain(self.low)}至{plain(self.high)}"
            )
        else:
            amount = plain(self.value)
        space = " " if english and self.unit and self.unit != "%" else ""
        return f"{self.qualifier.word.say(language)}{amount}{space}{self.unit}"


@dataclass(frozen=True, slots=True)
class Change:
    """A stated growth in percent against `base` (同比, 环比, 较2021年, or empty when unnamed).

    Decreases are negative. 增长近1.5倍 is +150 with qualifier near.
    """

    pct: Decimal | None
    qualifier: Qualifier = Qualifier.EXACT
    low: Decimal | None = None
    high: Decimal | None = None
    base: str = ""

    @property
    def direction(self) -> str:
        """`up`, `down` or `flat`."""
        leading = self.pct if self.pct is not None else self.low
        if leading is None or leading == 0:
            return "flat"
        return "up" if leading > 0 else "down"

    def label(self, language: str = "zh") -> str:
        """The change in words: 同比增长18.9%, 同比下降3%, 增长近150%."""
        english = language.lower().startswith("en")
        amount = self._amount(english)
        if self.direction == "flat" and self.pct is not None:
            return f"unchanged {_base_words(self.base)}".strip() if english else f"{self.base}持平"
        if self.pct is None and self.low is not None and self.high is not None and self.low < 0 < self.high:
            lead = Text("变化", "changed by ")
        else:
            lead = {"up": Text("增长", "up "), "down": Text("下降", "down ")}.get(
                self.direction, Text("变化", "changed by ")
            )
        if english:
            return f"{lead.en}{self.qualifier.word.en}{amount}% {_base_words(self.base)}".strip()
        return f"{self.base}{lead.zh}{self.qualifier.word.zh}{amount}%"

    def _amount(self, english: bool) -> str:
        """The size without its sign, except for a range on both sides of zero."""
        if self.pct is not None:
            return plain(abs(self.pct))
        ends = [end for end in (self.low, self.high) if end is not None]
        if not (ends[0] < 0 < ends[-1]):
            ends = sorted(abs(end) for end in ends)
        return ("% to " if english else "%至").join(plain(end) for end in ends)


def _base_words(base: str) -> str:
    """The base of a comparison in English: 同比, 环比, or the year it names."""
    known = {"": "", "同比": "year on year", "环比": "on the period before"}
    return known[base] if base in known else f"against {base.removeprefix('较')}"


#: Digits with an optional sign and decimals; commas only where they part thousands.
_PLAIN_NUMBER = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d+)?(?:[eE][-+]?\d+)?", re.ASCII)


def decimal(value: str | int | Decimal) -> Decimal:
    """Read a plain number, thousands separators allowed; raises `QuantityError` otherwise."""
    if isinstance(value, Decimal):
        number = value
    else:
        text = str(value).strip().replace("，", ",")
        try:
            if not _PLAIN_NUMBER.fullmatch(text):
                raise InvalidOperation
            number = Decimal(text.replace(",", ""))
        except InvalidOperation as error:
            raise QuantityError(
                Text(f"“{value}”不是数字。", f"“{value}” is not a number."),
                Text("请只填数字，单位另填。", "Give the digits alone and the unit beside them."),
            ) from error
    if not number.is_finite():
        raise QuantityError(Text(f"“{value}”不是有限的数。", f"“{value}” is not a finite number."))
    return number


def plain(value: Decimal | None) -> str:
    """Digits without exponent and without trailing zeros; empty for a missing value."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def split_scale(unit: str) -> tuple[Decimal, str]:
    """Split 万元 into (10000, 元): the factor and the base unit. Units without a scale give factor 1."""
    for scale in sorted(_SCALES, key=len, reverse=True):
        if scale and unit.startswith(scale) and len(unit) > len(scale):
            return Decimal(_SCALES[scale]), unit[len(scale) :]
    return Decimal(1), unit
