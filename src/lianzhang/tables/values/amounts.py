"""Columns of amounts and counts: separators, full-width digits, units and the words around a number."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal

import polars as pl

from lianzhang.kernel import QuantityError
from lianzhang.kernel.quantity import decimal, split_scale
from lianzhang.tables.values.column import BLANKS, Judged, ReadColumn, merge, reason, shown, spread
from lianzhang.tables.values.currencies import CURRENCIES, FOREIGN, currency_of, kept_unit

#: Amounts are kept to six decimals: in 万元 that is a hundredth of a yuan.
DECIMALS = 6
TYPE = pl.Decimal(18, DECIMALS)
_STEP = Decimal(1).scaleb(-DECIMALS)
_LARGEST = Decimal(10) ** (18 - DECIMALS)
#: Text this short cannot hold more decimals than are kept, once its unit is applied.
_SHORT = 8
_BEFORE = {
    "超过": "over", "超": "over", "突破": "over", "逾": "over", ">": "over",
    "接近": "near", "近": "near", "约": "about", "大约": "about", "≈": "about", "~": "about",
    "不低于": "at_least", "不少于": "at_least", "至少": "at_least", "≥": "at_least", ">=": "at_least",
    "不超过": "at_most", "不高于": "at_most", "至多": "at_most", "≤": "at_most", "<=": "at_most",
}  # fmt: skip
_AFTER = {"余": "over", "多": "over", "以上": "at_least", "以下": "at_most", "左右": "about"}
_SCALE = "百万|千万|万|亿|千|百"
_NUMBER = re.compile(
    rf"(?P<before>{'|'.join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))})?\s*"
    r"(?P<sign>[¥￥$€£]|US\$|HK\$|USD|EUR|RMB|CNY)?\s*"
    r"(?P<number>[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d{1,3})?)\s*"
    rf"(?P<much>余|多)?\s*(?P<scale>{_SCALE})?(?P<more>余|多)?(?P<unit>元|人民币|%|人|台|套|辆|件|家|项|个|吨|{FOREIGN}|名)?"
    r"(?:人民币)?整?(?P<after>以上|以下|左右|余|多)?",
    re.ASCII | re.IGNORECASE,
)
#: 1 200 000 with blanks between the thousands.
_SPACED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
#: 500 万 元, 500（万元）.
_APART = re.compile(r"(?<=[\d万亿千百])\s+(?=[万亿千百元])")
_BRACKETED = re.compile(r"(?<=\d)\s*\(([百千]?[万亿]?元)\)$")
_RANGE = re.compile(r"[\d.,]+\s*\S{0,3}\s*[-–—~至到]\s*[\d.,]+.*")


def read_amounts(
    column: pl.Series,
    *,
    unit: str,
    column_unit: str = "",
    whole: bool = False,
    negative: bool = False,
    foreign: bool = False,
) -> ReadColumn:
    """Decimals in `unit`. `column_unit` is what the header or the unit line says; a cell's own unit wins.

    `whole` refuses fractions, `negative` allows values below zero. With `foreign` an amount may be of any money: that
    of `column_unit`, or its own, which `read_currencies` tells; it is kept in 万 of it.
    """
    unit = kept_unit(unit, column_unit) if foreign else unit
    factor = _factor(column_unit or unit, unit)
    empty = column.is_null()
    short = (column.str.len_bytes() <= _SHORT).fill_null(False)
    fast = column.cast(pl.Int64, strict=False).cast(TYPE) if whole else column.cast(TYPE, strict=False)
    sound = fast.is_not_null() & short
    if not negative:
        sound &= (fast >= 0).fill_null(False)
    sound |= empty
    if factor is None or factor != 1:
        sound = pl.Series(values=[False], dtype=pl.Boolean).new_from_index(0, len(column))

    def judge(raw: str) -> Judged:
        own = _own_currency(raw) if foreign else ""
        if own and own != currency_of(unit):
            other = f"万{own}"
            by = _factor(own, other)
            return _judge(raw, unit=other, stated=own, factor=by, whole=whole, negative=negative)
        return _judge(raw, unit=unit, stated=column_unit, factor=factor, whole=whole, negative=negative)

    if bool(sound.all()):
        return ReadColumn(fast)
    return merge(column, fast, sound, spread(column.filter(~sound), judge, TYPE))


def read_currencies(column: pl.Series) -> pl.Series:
    """The money that cells name themselves, null where they name none."""
    return spread(column, lambda raw: Judged(_own_currency(raw) or None), pl.String).values


def _own_currency(raw: str) -> str:
    if raw.isascii() and raw[:1].isdigit() and raw[-1:].isdigit():
        return ""
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", raw).strip().replace("，", ","))
    return CURRENCIES.get((match["unit"] or match["sign"] or "").upper(), "") if match else ""


def _factor(stated: str, unit: str) -> Decimal | None:
    """What one of `stated` is in `unit`; None when the two measure different things."""
    if not stated or stated == unit:
        return Decimal(1)
    (scale, base), (wanted, wanted_base) = split_scale(stated), split_scale(unit)
    return scale / wanted if base == wanted_base else None


def _judge(
    raw: str, *, unit: str, stated: str, factor: Decimal | None, whole: bool, negative: bool
) -> Judged:
    if raw.strip() in BLANKS:
        return Judged()
    text = unicodedata.normalize("NFKC", raw).strip().replace("，", ",")
    plain = _APART.sub("", _SPACED.sub("", text.removeprefix("人民币")))
    match = _NUMBER.fullmatch(_BRACKETED.sub(r"\1", plain))
    if not match or not any(sign.isdigit() for sign in match["number"]):
        return _no_number(text, unit)
    try:
        value = decimal(match["number"].rstrip("."))
    except QuantityError:
        return _no_number(text, unit)
    scaled = _in_unit(value, match, unit=unit, factor=factor)
    if scaled is None:
        own = (match["scale"] or "") + (match["unit"] or match["sign"] or "") or stated
        if not unit:
            zh, en = (
                f"带着单位“{own}”；请把单位写进表头（如：数量（{own}））",
                f"has the unit {own}; put it into the header",
            )
            return _refused("unit", text, zh, en, unit)
        return _refused(
            "unit",
            text,
            f"的单位“{own}”与所记的{unit}不能换算；请先换成{unit}（外币按当期汇率）",
            f"is in {own}, which cannot be turned into {unit}; convert it first (money at the rate of its time)",
            unit,
        )
    if scaled < 0 and not negative:
        return _refused("amount_negative", text, "是负数", "is negative", unit)
    if whole and scaled != scaled.to_integral_value():
        return _refused("amount_fraction", text, "不是整数", "is no whole number", unit)
    if abs(scaled) >= _LARGEST:
        return _refused("amount_size", text, "大得不合理", "is too large to be true", unit)
    return Judged(_kept(scaled), qualifier=_qualifier(match))


def _kept(value: Decimal) -> Decimal:
    # A spreadsheet keeps 15 digits; what stands behind them in the file is the noise of binary fractions.
    if len(value.as_tuple().digits) > 15 and value:
        value = Decimal(f"{value:.14e}")
    return value.quantize(_STEP, rounding=ROUND_HALF_EVEN)


def _in_unit(value: Decimal, match: re.Match[str], *, unit: str, factor: Decimal | None) -> Decimal | None:
    """The value in the column's unit; None when its own unit measures something else."""
    scale, own = match["scale"] or "", match["unit"] or ""
    own = CURRENCIES.get(own.upper(), own)
    sign = CURRENCIES.get((match["sign"] or "").upper(), "")
    if sign and sign != split_scale(unit)[1]:
        return None
    if not scale and not own:
        return value * factor if factor is not None else None
    base = split_scale(unit)[1]
    if own and own != base:
        alike = {own, base} <= {"人", "名", "个"}
        if not alike:
            return None
    if scale and not own:
        # 5000万 in a column of money means yuan; in a column of counts the thing counted.
        own = base
    stated = _factor(scale + base, unit)
    return value * stated if stated is not None else None


def _qualifier(match: re.Match[str]) -> str:
    after = match["after"] or match["more"] or match["much"] or ""
    return _AFTER.get(after, "") or _BEFORE.get(match["before"] or "", "")


def _no_number(text: str, unit: str) -> Judged:
    if _RANGE.fullmatch(text):
        return _refused("amount_form", text, "是区间", "is a range", unit)
    return _refused("amount_form", text, "不是数字", "is no number", unit)


def _refused(rule: str, text: str, zh: str, en: str, unit: str) -> Judged:
    allowed_zh = f"请填一个数，如1200或1,200.5{f'（{unit}）' if unit else ''}，不知道时留空"
    allowed_en = f"give one number such as 1200 or 1,200.5{f' ({unit})' if unit else ''}, or leave it empty"
    return Judged(
        reason=reason(rule, f"“{shown(text)}”{zh}；{allowed_zh}。", f"“{shown(text)}” {en}; {allowed_en}.")
    )
