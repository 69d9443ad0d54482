"""Periods as officials write them: a year, a half, a quarter, a month, a day, a run of months.

Text form, shared by the command line, the database and the labels:
`2024`, `2025H1`, `2025Q1`, `2025-07`, `2025-08-15`, and ranges `2024-01/2024-11`, `2026/2031`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lianzhang.kernel.errors import PeriodError
from lianzhang.kernel.text import Text


class PeriodKind(StrEnum):
    """How long a stretch of time a period names."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    RANGE = "range"


_FORM = re.compile(
    r"(?P<year>\d{4})(?:(?P<half>H[12])|(?P<quarter>Q[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?",
    re.ASCII,
)
_HALF_NAMES = {1: "上半年", 2: "下半年"}
_QUARTER_NAMES = {1: "一季度", 2: "二季度", 3: "三季度", 4: "四季度"}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of civil time with the grain at which it was stated.

    `2025-06-30` (a day) and `2025H1` (a half-year) end on the same date and are still
    different statements, so the grain is part of the value. `start` and `end` are inclusive.
    """

    start: date
    end: date
    kind: PeriodKind
    text: str

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read the text form; raises `PeriodError` naming what was found."""
        first, slash, last = (part.strip() for part in text.upper().partition("/"))
        if not slash:
            return _single(first, text)
        begin, finish = _single(first, text), _single(last, text)
        if begin.kind is not finish.kind or finish.start <= begin.start:
            raise _unknown(text)
        return cls(begin.start, finish.end, PeriodKind.RANGE, f"{begin.text}/{finish.text}")

    @classmethod
    def year(cls, year: int) -> Period:
        """The calendar year."""
        return cls.parse(f"{year:04d}")

    @classmethod
    def half(cls, year: int, half: int) -> Period:
        """The first or second half of a year."""
        return cls.parse(f"{year:04d}H{half}")

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """One of the four quarters of a year."""
        return cls.parse(f"{year:04d}Q{quarter}")

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """One month."""
        return cls.parse(f"{year:04d}-{month:02d}")

    @classmethod
    def day(cls, day: date) -> Period:
        """One day."""
        return cls.parse(day.isoformat())

    @classmethod
    def months(cls, year: int, first: int, last: int) -> Period:
        """Months `first` to `last` of a year, named as officials do: 1—6月 is 上半年, 1—12月 the year."""
        if first == last:
            return cls.month(year, first)
        named = {(1, 12): f"{year:04d}", (1, 6): f"{year:04d}H1", (7, 12): f"{year:04d}H2"}
        named |= {(3 * q - 2, 3 * q): f"{year:04d}Q{q}" for q in range(1, 5)}
        return cls.parse(named.get((first, last), f"{year:04d}-{first:02d}/{year:04d}-{last:02d}"))

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: Period) -> bool:
        """Earlier end first; of two that end together the longer one first."""
        return (self.end, self.start, self.text) < (other.end, other.start, other.text)

    def contains(self, other: Period) -> bool:
        """Whether `other` lies wholly inside this period."""
        return self.start <= other.start and other.end <= self.end

    def year_before(self) -> Period:
        """The same stretch one year earlier: the base of a 同比 comparison.

        A 29 February moves to 28 February.
        """
        parts = [_shift_year(part) for part in self.text.split("/")]
        return Period.parse("/".join(dict.fromkeys(parts)))

    def label(self, language: str = "zh") -> str:
        """The period in words: 2025年上半年, 2024年1—11月; in English the text form is used for short grains."""
        parts = self.text.split("/")
        if language.lower().startswith("en"):
            return " – ".join(_label_en(part) for part in parts)
        if len(parts) == 1:
            return _label_zh(parts[0])
        same_year_months = parts[0][:4] == parts[1][:4] and len(parts[0]) == len(parts[1]) == 7
        if same_year_months:
            return f"{parts[0][:4]}年{int(parts[0][5:])}—{int(parts[1][5:])}月"
        return "—".join(_label_zh(part) for part in parts)


def _unknown(text: str) -> PeriodError:
    return PeriodError(
        Text(f"“{text}”不是可识别的时期。", f"“{text}” is not a period."),
        Text(
            "请写成 2024、2025H1、2025Q1、2025-07、2025-08-15 或 2024-01/2024-11。",
            "Write 2024, 2025H1, 2025Q1, 2025-07, 2025-08-15 or 2024-01/2024-11.",
        ),
    )


def _single(part: str, whole: str) -> Period:
    match = _FORM.fullmatch(part.strip())
    if match is None:
        raise _unknown(whole)
    year = int(match["year"])
    try:
        if match["half"]:
            first = 1 if match["half"] == "H1" else 7
            return Period(date(year, first, 1), _month_end(year, first + 5), PeriodKind.HALF, part)
        if match["quarter"]:
            first = 3 * int(match["quarter"][1]) - 2
            return Period(date(year, first, 1), _month_end(year, first + 2), PeriodKind.QUARTER, part)
        if match["day"]:
            day = date(year, int(match["month"]), int(match["day"]))
            return Period(day, day, PeriodKind.DAY, part)
        if match["month"]:
            month = int(match["month"])
            return Period(date(year, month, 1), _month_end(year, month), PeriodKind.MONTH, part)
        return Period(date(year, 1, 1), date(year, 12, 31), PeriodKind.YEAR, part)
    except ValueError as error:
        raise _unknown(whole) from error


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _shift_year(part: str) -> str:
    shifted = f"{int(part[:4]) - 1:04d}{part[4:]}"
    if shifted.endswith("-02-29"):
        return shifted[:-2] + "28"
    return shifted


def _label_zh(part: str) -> str:
    year = f"{int(part[:4])}年"
    rest = part[4:]
    if rest.startswith("H"):
        return year + _HALF_NAMES[int(rest[1])]
    if rest.startswith("Q"):
        return year + _QUARTER_NAMES[int(rest[1])]
    numbers = [int(piece) for piece in rest.split("-") if piece]
    return year + "".join(f"{n}{sign}" for n, sign in zip(numbers, "月日", strict=False))


def _label_en(part: str) -> str:
    rest = part[4:]
    if rest.startswith(("H", "Q")):
        return f"{rest} {part[:4]}"
    return part
