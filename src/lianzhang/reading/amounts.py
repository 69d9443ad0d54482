"""How much: numbers with their units and hedges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from lianzhang.kernel import Qualifier
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.numerals import SCALE_VALUE, digits_number, worded_number

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BROKEN = r"[\d.,]*\ufffd[\d.,\ufffd]*"
_WORDED = r"[零〇一二两三四五六七八九十百千]+"
_LEFT_HEDGES = {
    **dict.fromkeys(
        ["超过", "超", "逾", "突破", "高达", "多达", "超出", "过", "破", "跨越", "站上", "迈上"],
        Qualifier.OVER,
    ),
    **dict.fromkeys(["将近", "接近", "近", "逼近"], Qualifier.NEAR),
    **dict.fromkeys(["大约", "约为", "约", "大概", "左右"], Qualifier.ABOUT),
    **dict.fromkeys(["不低于", "不少于", "至少", "不小于"], Qualifier.AT_LEAST),
    **dict.fromkeys(
        ["不超过", "不高于", "不多于", "至多", "最多", "不足", "不到", "低于", "控制在"], Qualifier.AT_MOST
    ),
}
for _plain in ("高达", "多达"):
    _LEFT_HEDGES[_plain] = Qualifier.EXACT
_LEFT = re.compile(
    "(" + "|".join(sorted(_LEFT_HEDGES, key=len, reverse=True)) + r")(?:了|达到?|至|到|为|人民币)?$"
)
_RIGHT = {
    **dict.fromkeys(["多", "余", "以上", "之多", "来"], Qualifier.OVER),
    **dict.fromkeys(["左右", "上下"], Qualifier.ABOUT),
    **dict.fromkeys(["以下", "以内", "之内"], Qualifier.AT_MOST),
}


@dataclass(slots=True)
class Amount:
    """A number at `start:end` of the reading copy (hedge words before it start at `hedge_start`).

    `kind` is that of its unit (money, bodies, percent …); empty when no unit follows.
    """

    start: int
    end: int
    hedge_start: int
    number_start: int
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    kind: str
    qualifier: Qualifier
    worded: bool


@lru_cache(maxsize=4)
def _pattern(units: str, worded_units: str) -> re.Pattern[str]:
    one = rf"(?:{_NUMBER})"
    more = r"[多余来]"
    scale = r"万亿|百万|千万|十万|万|亿|千(?![瓦伏米克])|百(?!分)"
    join = r"[-—–~～]{1,2}|至|到"
    return re.compile(
        rf"(?<![A-Za-z0-9./#+])(?<![^为是达额润:][-−－])(?:(?P<low>{one})(?P<low_more>{more})?(?P<low_scale>{scale})?(?P<low_unit>{units})?(?:{join}))?"
        rf"(?P<number>{one})(?P<more>{more})?(?P<scale>{scale})?(?P<more2>{more})?(?P<unit>个亿(?!元)|{units})?(?P<per>/(?:股|吨|亩|台|套|平方米|立方米|千瓦时|度|人|件|月|天|小时|日|年|户|米|公里))?(?P<tail>以上|以下|以内|之内|左右|上下|之多|多|余)?"
        rf"|(?P<broken>{_BROKEN})(?P<bscale>{scale})?(?P<bunit>{units})"
        rf"|(?<![第十百千一二两三四五六七八九零〇])(?P<words>{_WORDED})(?P<wmore>{more})?(?P<wscale>万亿|万|亿)?(?P<wmore2>{more})?(?P<wunit>{worded_units})(?P<wtail>以上|以下|左右|多|余)?"
    )


def find_amounts(text: str, lexicon: Lexicon, start: int, end: int) -> list[Amount]:
    """Every number with a unit, and every bare number, in `text[start:end]`.

    Numbers glued to Latin letters (型号, 5G) and ordinals (第8) are left out.
    """
    found = []
    for match in _pattern(lexicon.unit_pattern, lexicon.worded_unit_pattern).finditer(text, start, end):
        if match["broken"]:
            amount = _broken(match, lexicon)
        else:
            amount = _worded(match, lexicon, text) if match["words"] else _digits(match, lexicon, text)
        if amount is not None:
            _hedge(amount, text)
            found.append(amount)
    return found


def _digits(match: re.Match[str], lexicon: Lexicon, text: str) -> Amount | None:
    start, end = match.span()
    before = text[start - 1 : start]
    if before == "第" or (end < len(text) and _latin(text[end]) and not match["unit"]):
        return None
    unit, kind, value = _unit(digits_number(match["number"]), match["scale"], match["unit"], lexicon)
    unit += match["per"] or ""
    if (
        value
        and text[start - 1 : start] in ("-", "−", "－")
        and text[start - 2 : start - 1] in ("为", "是", "达", ":", "额", "润", "于")
    ):
        start, value = start - 1, -value
    qualifier = Qualifier.EXACT
    if match["more"] or match["more2"]:
        qualifier = Qualifier.OVER
    if match["tail"]:
        qualifier = _RIGHT[match["tail"]]
    low = high = None
    if match["low"]:
        low_unit = match["low_unit"] or ""
        low, high = digits_number(match["low"]), value
        if low_unit and low_unit != (match["unit"] or "") or low > high:
            start, low, high = match.start("number"), None, None
        elif match["low_scale"] and match["low_scale"] != match["scale"]:
            low = low * SCALE_VALUE.get(match["low_scale"], 1) / SCALE_VALUE.get(match["scale"] or "", 1)
        if low is not None:
            return Amount(start, end, start, start, None, low, high, unit, kind, Qualifier.RANGE, False)
    return Amount(start, end, start, match.start("number"), value, None, None, unit, kind, qualifier, False)


def _broken(match: re.Match[str], lexicon: Lexicon) -> Amount:
    """A number with a lost character inside: its place and unit are known, its value is not."""
    unit, kind, _ = _unit(Decimal(0), match["bscale"], match["bunit"], lexicon)
    start, end = match.span()
    return Amount(start, end, start, start, Decimal(0), None, None, unit, kind, Qualifier.EXACT, False)


def _worded(match: re.Match[str], lexicon: Lexicon, text: str) -> Amount | None:
    number = worded_number(match["words"])
    if number is None or match["words"] in ("一", "零", "〇") and match["wunit"] not in ("成", "倍"):
        return None
    if match["words"][0] in "百千" or (match["words"] in ("十", "百", "千") and not match["wunit"]):
        return None
    if (
        match["wunit"] == "期"
        and match["words"] != "两"
        and text[max(0, match.start() - 1) : match.start()] not in ("分", "共")
    ):
        return None
    if match["wunit"] == "大" and match["wscale"]:
        return None
    unit, kind, value = _unit(Decimal(number), match["wscale"], match["wunit"], lexicon)
    qualifier = Qualifier.OVER if match["wmore"] or match["wmore2"] else Qualifier.EXACT
    if match["wtail"]:
        qualifier = _RIGHT[match["wtail"]]
    return Amount(
        match.start(),
        match.end(),
        match.start(),
        match.start(),
        value,
        None,
        None,
        unit,
        kind,
        qualifier,
        True,
    )


def _unit(value: Decimal, scale: str | None, unit: str | None, lexicon: Lexicon) -> tuple[str, str, Decimal]:
    """The unit with its scale as written (万元), its kind, and the value in it."""
    scale = scale or ""
    if unit == "元人民币":
        unit = "元"
    if unit == "个亿":
        scale, unit = "亿", None
    if scale in ("百", "千", "十万", "百万", "千万"):
        factor = {"百": 100, "千": 1000, "十万": 10, "百万": 100, "千万": 1000}[scale]
        value, scale = value * factor, "万" if len(scale) == 2 else ""
    kind = lexicon.units.get(unit or "", "")
    if not kind and scale:
        kind = "scale"
    return scale + (unit or ""), kind, value


def _hedge(amount: Amount, text: str) -> None:
    """Take in a hedge word in front of the number."""
    left = text[max(0, amount.start - 6) : amount.start]
    match = _LEFT.search(left)
    if match is None:
        return
    word = match[1]
    if word in ("过", "破") and amount.kind not in ("money", "scale", "goods", "weight"):
        return
    amount.hedge_start = amount.start - (len(left) - match.start())
    if amount.qualifier is Qualifier.EXACT:
        amount.qualifier = _LEFT_HEDGES[word]


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
