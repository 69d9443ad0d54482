"""Columns of years and other periods, kept in the text form of `kernel.Period`."""

from __future__ import annotations

import re
import unicodedata

import polars as pl

from lianzhang.kernel import Period, PeriodError
from lianzhang.tables.values.column import BLANKS, Judged, ReadColumn, Reason, reason, shown, spread
from lianzhang.tables.values.dates import parse_day

_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})(?:\.0+)?\s*年?(?:度|全年)?")
#: 2026年底, 2026年12月底前: the last day is meant in any case.
_VAGUE = re.compile(r"(?:底|末)?(?:以前|之前|前)?$")
#: Typed into a cell for numbers, 2023.10 becomes 2023.1: January or October, nobody can tell.
_CUT = re.compile(r"(?:19|20)\d{2}\.1")
_HALF = re.compile(r"(?P<year>(?:19|20)\d{2})\s*年?\s*(?P<half>上|下)半年")
_QUARTER = re.compile(r"(?P<year>(?:19|20)\d{2})\s*年?\s*第?(?P<quarter>[一二三四1-4])季度")
_QUARTERS = re.compile(r"(?P<year>(?:19|20)\d{2})\s*年?\s*前(?P<quarters>[二三])季度")
#: Periods inside a longer text; what follows them there says no more than they do.
_WITHIN = (
    r"(?:(?:上|下)半年|第?[一二三四1-4]季度|前[二三]季度|(?:十[一二]?|[一二三四五六七八九])月"
    r"|(?<!\d)\d{1,2}(?:\s*月?\s*[-–—~至]\s*\d{1,2})?\s*月)"
)
_HAN_MONTHS = [
    "一月",
    "二月",
    "三月",
    "四月",
    "五月",
    "六月",
    "七月",
    "八月",
    "九月",
    "十月",
    "十一月",
    "十二月",
]
_AFTER = r"(?:份|当月|累计|底|末)*"
_FOUND = re.compile(
    rf"(?:截至|截止)?(?<!\d)(?P<period>(?:19|20)\d{{2}}(?!\d)(?:\s*[年./-]?\s*{_WITHIN})?)"
    rf"(?P<day>\d{{1,2}}日)?\s*年?(?:度|全年)?{_AFTER}"
)
_PART = re.compile(rf"{_WITHIN}{_AFTER}")
_MONTHS = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*[年./-]\s*(?P<first>\d{1,2})(?:\s*月?\s*[-–—~至]\s*(?P<last>\d{1,2}))?\s*月?"
)


def read_periods(column: pl.Series, *, years_only: bool = False) -> ReadColumn:
    """Periods such as 2024, 2025年上半年, 2025年1—6月, 2025Q1."""

    def judge(raw: str) -> Judged:
        text = unicodedata.normalize("NFKC", raw).strip()
        if text in BLANKS or raw.strip() in BLANKS:
            return Judged()
        if _CUT.fullmatch(text):
            return Judged(reason=_cut(text))
        period = parse_period(text)
        if period is None or (years_only and len(period) != 4):
            return Judged(reason=_unknown(text, years_only=years_only))
        return Judged(period)

    return spread(column, judge, pl.String)


def read_last_days(column: pl.Series) -> ReadColumn:
    """Days by which something is done: a day as it is, of a month or a longer period the last one."""

    def judge(raw: str) -> Judged:
        text = unicodedata.normalize("NFKC", raw).strip()
        if text in BLANKS or raw.strip() in BLANKS:
            return Judged()
        if _CUT.fullmatch(text):
            return Judged(reason=_cut(text))
        period = parse_period(_VAGUE.sub("", text))
        if period is None:
            return Judged(reason=_unknown(text, years_only=False))
        return Judged(Period.parse(period).end)

    return spread(column, judge, pl.Date)


def _cut(text: str) -> Reason:
    return reason(
        "period",
        f"“{text}”看不出是1月还是10月（Excel 会去掉末尾的0）；请写成{text[:4]}-01 或 {text[:4]}-10。",
        f"“{text}” may be January or October, since spreadsheets drop a last 0; write {text[:4]}-01 or {text[:4]}-10.",
    )


def _unknown(text: str, *, years_only: bool) -> Reason:
    zh = "年份，如2024" if years_only else "2024、2025年上半年、2025年一季度或2025年1—6月"
    en = "a year such as 2024" if years_only else "2024, 2025H1, 2025Q1 or 2025-06"
    return reason(
        "period",
        f"“{shown(text)}”不是可识别的时期；可写{zh}。",
        f"“{shown(text)}” names no period; write {en}.",
    )


def period_in(text: str) -> tuple[str, str] | None:
    """The only period with its year that a text in half-width signs names, and the rest; of a day the period is empty.

    None where there is none, or more than one year.
    """
    match = _FOUND.search(text)
    if match is None or _FOUND.search(text, match.end()):
        return None
    said = match["period"]
    period = "" if match["day"] else parse_period(said) or in_year(said[:4], said[4:].lstrip(" 年./-"))
    return period, text[: match.start()] + text[match.end() :]


def part_in(text: str) -> tuple[str, str] | None:
    """The part of a year that a text names without the year, such as 1-10月, and the rest."""
    match = _PART.search(text)
    return (match[0], text[: match.start()] + text[match.end() :]) if match else None


def in_year(year: str, part: str) -> str:
    """The period that a part of `year` is; empty for none."""
    plain = re.sub(rf"{_AFTER}$", "", part)
    if plain in _HAN_MONTHS:
        plain = f"{_HAN_MONTHS.index(plain) + 1}月"
    return parse_period(f"{year}年{plain}") or ""


def parse_period(text: str) -> str | None:
    """The text form of the period that `text` names, or None."""
    if match := _YEAR.fullmatch(text):
        return match["year"]
    day = parse_day(text)
    if day is not None:
        return str(Period.day(day))
    try:
        if match := _HALF.fullmatch(text):
            return str(Period.half(int(match["year"]), 1 if match["half"] == "上" else 2))
        if match := _QUARTER.fullmatch(text):
            quarter = "一二三四".find(match["quarter"]) + 1 or int(match["quarter"])
            return str(Period.quarter(int(match["year"]), quarter))
        if match := _QUARTERS.fullmatch(text):
            return str(Period.months(int(match["year"]), 1, 3 * ("二三".find(match["quarters"]) + 2)))
        if match := _MONTHS.fullmatch(text):
            first, last = int(match["first"]), int(match["last"] or match["first"])
            return str(Period.months(int(match["year"]), first, last))
        return str(Period.parse(text))
    except (PeriodError, ValueError):
        return None
