"""Columns of days, in the shapes that Chinese tables hold them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

import polars as pl

from lianzhang.tables.values.column import BLANKS, Judged, ReadColumn, reason, shown, spread

_WORDED = re.compile(
    r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*日?(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?",
    re.ASCII,
)
_HAN = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_HAN_DIGITS = "零一二三四五六七八九"
#: The day of the week behind a day, which says no more.
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周)[一二三四五六日天]\)?$")
_MONTH_ONLY = re.compile(r"\d{4}\s*(?:[-/.]|年)\s*\d{1,2}\s*月?|\d{4}\s*年?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
#: Day 0 of Excel's 1900 calendar, shifted for its 29 February 1900 that never was.
_EPOCH = date(1899, 12, 30)
_EARLIEST = date(1900, 3, 1)
_TEXT = pl.col("text")
#: The shapes that whole columns are read in; what they leave out is looked at one by one.
_USUAL = pl.coalesce(
    _TEXT.str.to_date("%Y-%m-%d", strict=False),
    _TEXT.str.to_date("%Y/%m/%d", strict=False),
    pl.when(_TEXT.str.len_bytes() == 8).then(_TEXT.str.to_date("%Y%m%d", strict=False)),
    _TEXT.str.to_date("%Y年%m月%d日", strict=False),
)
_SHAPES_ZH = "可写2025-08-15、2025/8/15、2025年8月15日或20250815"
_SHAPES_EN = "write 2025-08-15, 2025/8/15, 2025年8月15日 or 20250815"


def read_dates(column: pl.Series, *, latest: date | None = None) -> ReadColumn:
    """Days. `latest` is the last day that makes sense in this column; None allows the future."""

    def judge(raw: str) -> Judged:
        day = _iso(raw)
        if day is None:
            text = unicodedata.normalize("NFKC", raw).strip()
            if text in BLANKS or raw.strip() in BLANKS:
                return Judged()
            found = _day(text)
            if isinstance(found, Judged):
                return found
            day = found
        if day < _EARLIEST:
            return _refused("date_range", raw, "早于1900年", "lies before 1900")
        if latest is not None and day > latest:
            return _refused("date_future", raw, f"晚于今天（{latest}）", f"lies after today ({latest})")
        return Judged(day)

    def usual(texts: pl.Series) -> pl.Series:
        days = pl.DataFrame({"text": texts}).select(_USUAL).to_series()
        fits = (days >= _EARLIEST) & ((days <= latest) if latest is not None else True)
        return days.zip_with(
            fits.fill_null(False), pl.Series([None], dtype=pl.Date).new_from_index(0, len(days))
        )

    return spread(column, judge, pl.Date, known=usual)


def parse_day(text: str) -> date | None:
    """The day that a text in half-width signs names in one of the shapes, or None."""
    found = _day(text)
    return found if isinstance(found, date) and found >= _EARLIEST else None


def _iso(raw: str) -> date | None:
    if len(raw) != 10 or raw[4] != "-":
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None


def _from_han(text: str) -> str:
    """二〇二五年八月十五日 in digits; other texts as they are."""
    match = _HAN.fullmatch(text)
    if match is None:
        return text
    year = "".join(str(_HAN_DIGITS.index("零" if sign in "〇○" else sign)) for sign in match[1])
    month, day = (_tens(part) for part in match.groups()[1:])
    return f"{year}-{month}-{day}"


def _tens(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (_HAN_DIGITS.find(tens) if tens else 1) * 10 * bool(ten) + (_HAN_DIGITS.find(ones) if ones else 0)


def _day(text: str) -> date | Judged:
    text = _from_han(_WEEKDAY.sub("", text))
    match = _WORDED.fullmatch(text)
    parts: tuple[str, ...] = match.groups() if match else ()
    if not parts and len(text) == 8 and text.isascii() and text.isdigit():
        parts = (text[:4], text[4:6], text[6:])
    if parts:
        try:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
        except ValueError:
            return _refused("date_form", text, "没有这一天", "is no day of the calendar")
    if _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(float(text)))
    if _MONTH_ONLY.fullmatch(text):
        return _refused("date_form", text, "没有写到日", "names no day")
    return _refused("date_form", text, "不是日期", "is no date")


def _refused(rule: str, raw: str, zh: str, en: str) -> Judged:
    return Judged(
        reason=reason(rule, f"“{shown(raw)}”{zh}；{_SHAPES_ZH}。", f"“{shown(raw)}” {en}; {_SHAPES_EN}.")
    )
