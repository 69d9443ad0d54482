"""What people type for periods and numbers, read generously and never guessed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from lianzhang.kernel import Period, QuantityError, Text
from lianzhang.kernel.quantity import decimal, plain

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)|(\d{4})(\d{2})(\d{2})")
_NAMED = re.compile(r"(\d{4})年?(上半年|下半年|前三季度|第?[一二三四1-4]季度?|全年)")
_MONTHS = re.compile(r"(\d{4})年(\d{1,2})(?:[—–~-]|至|到)(\d{1,2})月")
_YEARS = re.compile(r"(\d{4})年?(?:[—–~-]|至|到)(\d{4})年?")
_RANGE = re.compile(r"(.+?)\s*(?:[~—–]|至|到|(?<=[\d%])-)\s*(.+)")
_QUARTERS = {sign: number for number, signs in enumerate(("一1", "二2", "三3", "四4"), 1) for sign in signs}
#: More digits than any statistic has; beyond that it is a slip of the hand.
_LONGEST_NUMBER = 30


def period_from(text: str) -> Period | None:
    """A period in its text form or as offices write it; None for nothing. Raises PeriodError."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "").strip("。,")
    if not text:
        return None
    if found := _MONTHS.fullmatch(text):
        year, first, last = (int(part) for part in found.groups())
        if 1 <= first <= last <= 12:
            return Period.months(year, first, last)
    if found := _YEARS.fullmatch(text):
        return Period.parse(f"{found[1]}/{found[2]}")
    if found := _NAMED.fullmatch(text):
        return _named(int(found[1]), found[2])
    if found := _DAY.fullmatch(text):
        year, month, day = found.group(1, 2, 3) if found[1] else found.group(4, 5, 6)
        return Period.parse(f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else ""))
    return Period.parse(text.removesuffix("年"))


def _named(year: int, name: str) -> Period:
    whole = {"上半年": (1, 6), "下半年": (7, 12), "前三季度": (1, 9), "全年": (1, 12)}
    if name in whole:
        return Period.months(year, *whole[name])
    quarter = next(_QUARTERS[sign] for sign in name if sign in _QUARTERS)
    return Period.months(year, 3 * quarter - 2, 3 * quarter)


def numbers_from(text: str) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """(value, low, high): one number, or the two ends of `7300至8300`. Raises QuantityError."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "").replace("−", "-")
    if not text:
        return None, None, None
    if found := _RANGE.fullmatch(text):
        low, high = _number(found[1]), _number(found[2])
        if low > high:
            raise QuantityError(
                Text("区间的前一个数大于后一个数。", "The first number of the range exceeds the second.")
            )
        return None, low, high
    return _number(text), None, None


def _number(text: str) -> Decimal:
    number = decimal(text.removesuffix("%"))
    if len(plain(abs(number))) > _LONGEST_NUMBER or number.adjusted() > _LONGEST_NUMBER:
        raise QuantityError(
            Text("这个数太长了。", "This number is too long."), Text("请核对位数。", "Check its digits.")
        )
    return number


def number_text(value: Decimal | None, low: Decimal | None, high: Decimal | None) -> str:
    """The other way round, for filling a form."""
    if low is not None and high is not None:
        return f"{plain(low)}至{plain(high)}"
    return plain(value)
