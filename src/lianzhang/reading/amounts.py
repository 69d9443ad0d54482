"""How much: numbers with their units and hedges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from lianzhang.kernel import Qualifier
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.numerals import SCALE_VALUE, digits_number, is_guess, worded_number

_NUMBER = r"\d\d*(?:,\d{3}(?!\d))*(?:\.\d+)?"
_BROKEN = r"[\d.,]{0,12}\ufffd[\d.,\ufffd]{0,12}"
_NUMERALS = "零〇一二两三四五六七八九十百千"
#: No amount is written with more signs, and an unbounded run would cost its square.
_WORDED = rf"[{_NUMERALS}][{_NUMERALS}万亿]{{0,11}}"
#: Numbers that count nothing: clock times, telephone numbers, spans of hours, ages, 10+7.
_OTHER_NUMBER = re.compile(
    r"\d{1,2}:\d{2}(?::\d{2})?|1\d{10}(?!\d)|\d{3,4}-\d{7,8}|\d+\+[\dN]\w*"
    r"|\d+(?:小时|分钟|秒|岁|天|周岁|℃|°|点钟|个?工作日)|\d+个?月(?:内|前)"
)
_PARTS = re.compile(
    rf"(?P<base>百|千|万)分之(?P<number>{_WORDED}|{_NUMBER})(?:点(?P<decimals>[零〇一二三四五六七八九]+))?"
)
#: 占全国的四分之一: a fraction, read where something is said to be that part of a whole.
_FRACTION = re.compile(r"(?P<below>[二三四五六七八九十])分之(?P<above>[一二三四五六七八九])")
_BESIDE_FRACTION = {"强": Qualifier.OVER, "多": Qualifier.OVER, "弱": Qualifier.NEAR}
_OF_A_WHOLE = re.compile(r"占[^,。;:]{0,16}$")
#: ?.46亿元: everything before the decimal point is lost.
_HEADLESS = r"\d{0,12}[?\ufffd][.．]\d+"
#: 三个方面、四个阶段: parts of an argument or of a history, and no figure of anything.
_PARTS_OF_AN_ARGUMENT = re.compile("方面|阶段|层面|维度|角度|步骤|时期")
_PLAIN_UNIT = {"元人民币": "元", "个人": "人", "个点": "个百分点"}
#: 94.6分 is a score; 3分钟, 2分册, 9时30分 and 3个点位 are none.
_NO_SCORE = re.compile("[之钟别布公厂店行支局院期批类级块部散摊享成配解析离组段头工红项母子米为管会秒位册]")
_BEFORE_MINUS = ("为", "是", "达", "额", "润", ":", "和", "、", "及", "与")
_LEFT_HEDGES = {
    **dict.fromkeys(
        ["超过", "超", "逾", "突破", "高达", "多达", "超出", "过", "破", "跨越", "站上", "迈上"],
        Qualifier.OVER,
    ),
    **dict.fromkeys(["将近", "接近", "近", "逼近"], Qualifier.NEAR),
    **dict.fromkeys(["大约", "约为", "约", "大概", "左右"], Qualifier.ABOUT),
    **dict.fromkeys(["不低于", "不少于", "至少", "不小于"], Qualifier.AT_LEAST),
    **dict.fromkeys(["最高可达", "最高达", "最高可", "最高"], Qualifier.AT_MOST),
    **dict.fromkeys(
        ["不超过", "不高于", "不多于", "至多", "最多", "不足", "不到", "低于", "控制在"], Qualifier.AT_MOST
    ),
}
for _plain in ("高达", "多达"):
    _LEFT_HEDGES[_plain] = Qualifier.EXACT
#: 签约42.6亿元: an agreement and no hedge.
_AGREED = tuple("签合预履续")
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
def _patterns(units: str, worded_units: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of digit, worded and broken numbers; each begins with one character class, so that the
    engine skips everything else quickly."""
    more = r"[多余来]"
    scale = r"万亿|百万|千万|十万|万|亿|千(?![瓦伏米克])|百(?!分)"
    unit = rf"个亿(?!元)|{units}"
    digits = (
        rf"(?P<number>{_NUMBER})(?:[ \n]{{1,2}}(?=[万亿元%]))?(?P<more>{more})?(?P<scale>{scale})?(?P<more2>{more})?"
        rf"(?P<unit>{unit})?"
        rf"(?:(?:[-—–~～]{{1,2}}|至|到)(?P<high>{_NUMBER})(?P<high_more>{more})?(?P<high_scale>{scale})?(?P<high_unit>{unit})?)?"
        r"(?P<per>/(?:股|吨|亩|台|套|平方米|立方米|千瓦时|度|人|件|月|天|小时|日|年|户|米|公里))?"
        r"(?P<tail>以上|以下|以内|之内|左右|上下|之多|多|余)?"
    )
    worded = (
        rf"(?P<words>{_WORDED})(?P<more>{more})?(?P<scale>万亿|万|亿)?(?P<more2>{more})?(?P<unit>{worded_units})"
        r"(?P<half>半(?!年|导|成))?(?P<fifth>(?<=成)[一二三四五六七八九](?![一二三四五六七八九十百千万亿]|[以之]外))?"
        r"(?P<tail>以上|以下|左右|多|余)?"
    )
    broken = rf"(?P<number>{_HEADLESS}|{_BROKEN})(?P<scale>{scale})?(?P<unit>{units})"
    return re.compile(digits), re.compile(worded), re.compile(broken)


def find_amounts(text: str, lexicon: Lexicon) -> list[Amount]:
    """Every number with a unit, and every bare number, in order of place.

    Numbers glued to Latin letters (型号, 5G), ordinals (第8), clock times and telephone numbers are left out.
    """
    digits, worded, broken = _patterns(lexicon.unit_pattern, lexicon.worded_unit_pattern)
    found: list[Amount] = []
    position = 0
    while (match := digits.search(text, position)) is not None:
        amount, position = _digits(match, lexicon, text)
        if amount is not None:
            found.append(amount)
    found.extend(a for m in worded.finditer(text) if (a := _worded(m, lexicon, text)) is not None)
    if "分之" in text:
        found.extend(a for m in _PARTS.finditer(text) if (a := _part(m)) is not None)
        found.extend(a for m in _FRACTION.finditer(text) if (a := _fraction(m, text)) is not None)
    if "\ufffd" in text or "?" in text:
        lost = [_broken(match, lexicon) for match in broken.finditer(text)]
        found = [a for a in found if not any(b.start <= a.number_start < b.end for b in lost)] + lost
    found.sort(key=lambda amount: amount.start)
    for amount in found:
        _hedge(amount, text)
    return found


def _digits(match: re.Match[str], lexicon: Lexicon, text: str) -> tuple[Amount | None, int]:
    """The amount and where to look on."""
    start, end = match.span()
    before = text[start - 1 : start]
    if (
        before
        and (before in "第/#+." or before.isascii() and before.isalpha())
        or _OTHER_NUMBER.match(text, start)
        or match["unit"] == "个"
        and _PARTS_OF_AN_ARGUMENT.match(text, end)
        or match["scale"]
        and not match["unit"]
        and text.startswith("级", end)
    ):
        return None, max(match.end("number"), _other_end(text, start))
    negative = before in ("-", "−", "－", "负") and before != ""
    if negative and before != "负" and text[start - 2 : start - 1] not in _BEFORE_MINUS:
        is_amount = (
            match["unit"] in ("元", "%", "美元") and "\u4e00" <= text[start - 2 : start - 1] <= "\u9fff"
        )
        if not is_amount:
            return None, match.end("number")
    if match["high"] and (amount := _range(match, lexicon)) is not None:
        return amount, end
    if match["high"]:
        end = match.start("high") - 1
    compound = (
        _compound(match, lexicon, text)
        if match["scale"] and not match["unit"] and not match["high"]
        else None
    )
    if compound is not None:
        return compound, compound.end
    if not match["unit"] and end < len(text) and (_latin(text[end]) or text[end] == "+"):
        return None, end
    said = match["unit"]
    if said in ("分", "个点") and (before in "时点" and before or _NO_SCORE.match(text, end)):
        return None, end
    if said == "项" and text.startswith("目", end):
        # 10项目, 0.6亿项目贷款: the sign is no classifier but half of the noun behind it.
        said, end = (None, end - 1) if match["scale"] else ("个", end - 1)
    unit, kind, value = _unit(digits_number(match["number"]), match["scale"], said, lexicon)
    tail = None if match["high"] else match["tail"]
    if match["per"] and not match["high"]:
        unit += match["per"]
    qualifier = Qualifier.OVER if match["more"] or match["more2"] else Qualifier.EXACT
    qualifier = _RIGHT[tail] if tail else qualifier
    if negative:
        start, value = start - 1, -value
    return Amount(
        start, end, start, match.start("number"), value, None, None, unit, kind, qualifier, False
    ), end


def _compound(match: re.Match[str], lexicon: Lexicon, text: str) -> Amount | None:
    """`1亿5000万元`, `3万5千元`: one amount in two scales, told in the greater."""
    scale = match["scale"]
    rest = _compound_tail(lexicon.unit_pattern).match(text, match.end("scale"))
    if scale not in ("万", "亿") or rest is None:
        return None
    greater = SCALE_VALUE[scale]
    lesser = digits_number(rest["number"]) * SCALE_VALUE.get(rest["scale"] or "", 1)
    if lesser >= greater:
        return None
    value = digits_number(match["number"]) + lesser / greater
    unit, kind, value = _unit(value, scale, rest["unit"], lexicon)
    start, end = match.start(), rest.end()
    return Amount(start, end, start, start, value, None, None, unit, kind, Qualifier.EXACT, False)


@lru_cache(maxsize=4)
def _compound_tail(units: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<number>{_NUMBER})(?P<scale>千万|百万|万|千|百)?(?P<unit>{units})")


def _range(match: re.Match[str], lexicon: Lexicon) -> Amount | None:
    """`7300万至8300万元`: both ends in the unit of the second; None when the two do not belong together."""
    unit, kind, high = _unit(digits_number(match["high"]), match["high_scale"], match["high_unit"], lexicon)
    low = digits_number(match["number"])
    if match["unit"] and match["unit"] != match["high_unit"]:
        return None
    if match["scale"] and match["scale"] != match["high_scale"]:
        low = low * SCALE_VALUE.get(match["scale"], 1) / SCALE_VALUE.get(match["high_scale"] or "", 1)
    if low > high or not match["high_unit"] and not match["high_scale"]:
        return None
    start, end = match.span()
    return Amount(start, end, start, start, None, low, high, unit, kind, Qualifier.RANGE, False)


def _part(match: re.Match[str]) -> Amount | None:
    """百分之三十, 千分之八."""
    words = match["number"]
    value = digits_number(words) if words[0].isdigit() else worded_number(words)
    if value is None:
        return None
    if match["decimals"]:
        # 百分之五点三
        behind = worded_number(match["decimals"]) or 0
        value = Decimal(value) + Decimal(behind).scaleb(-len(match["decimals"]))
    unit = {"百": "%", "千": "‰", "万": "‱"}[match["base"]]
    start, end = match.span()
    return Amount(
        start, end, start, start, Decimal(value), None, None, unit, "percent", Qualifier.EXACT, True
    )


def _fraction(match: re.Match[str], text: str) -> Amount | None:
    """占全国的四分之一 as a percentage, to one decimal where it does not come out even."""
    start, end = match.span()
    above, below = worded_number(match["above"]), worded_number(match["below"])
    if (
        above is None
        or below is None
        or above >= below
        or not _OF_A_WHOLE.search(text, max(0, start - 24), start)
    ):
        return None
    percent = Decimal(100 * above) / below
    value = percent if percent == percent.to_integral_value() else percent.quantize(Decimal("0.1"))
    # 十分之一强 is a little more than that, 十分之一弱 a little less.
    qualifier = _BESIDE_FRACTION.get(text[end : end + 1], Qualifier.EXACT)
    end += qualifier is not Qualifier.EXACT
    return Amount(start, end, start, start, value, None, None, "%", "percent", qualifier, True)


def _other_end(text: str, start: int) -> int:
    match = _OTHER_NUMBER.match(text, start)
    return match.end() if match else start


def _broken(match: re.Match[str], lexicon: Lexicon) -> Amount:
    """A number with a lost character inside: its place and unit are known, its value is not."""
    unit, kind, _ = _unit(Decimal(0), match["scale"], match["unit"], lexicon)
    start, end = match.span()
    return Amount(start, end, start, start, Decimal(0), None, None, unit, kind, Qualifier.EXACT, False)


def _worded(match: re.Match[str], lexicon: Lexicon, text: str) -> Amount | None:
    words, unit_word = match["words"], match["unit"]
    before = text[max(0, match.start() - 1) : match.start()]
    if before and before in _NUMERALS + "第数几上周期之" or text.startswith("目", match.end()):
        return None
    if before == "前" and match["unit"] == "大":
        return None
    if match["unit"] in ("个", "大") and _PARTS_OF_AN_ARGUMENT.match(text, match.end()):
        return None
    if is_guess(words) or match["unit"] == "元" and not match["scale"] and len(words) == 1:
        # 三元前驱体, 多元: so small a sum is never written in words.
        return None
    read = _worded_value(words, match["scale"] or "", text[max(0, match.start() - 6) : match.start()])
    if read is None or not _counts_something(words, unit_word, before, bool(read[1])):
        return None
    unit, kind, value = _unit(read[0], read[1], unit_word, lexicon)
    qualifier = Qualifier.OVER if match["more"] or match["more2"] else Qualifier.EXACT
    if match["tail"]:
        qualifier = _RIGHT[match["tail"]]
    if match["half"] and kind in ("tenth", "multiple"):
        value += Decimal("0.5")
    if match["fifth"]:
        value += Decimal(worded_number(match["fifth"]) or 0) / 10
    start, end = match.span()
    return Amount(start, end, start, start, value, None, None, unit, kind, qualifier, True)


def _worded_value(words: str, scale: str, left: str) -> tuple[Decimal, str] | None:
    """三千万 is 3000 in 万; 一亿五千万 is 1.5 in 亿; 突破千亿 is 1000 in 亿."""
    head = words.rstrip("万亿")
    own = words[len(head) :]
    if head in ("百", "千") and (own or scale) and _LEFT.search(left):
        return Decimal(SCALE_VALUE[head]), own or scale
    if "万" in head or "亿" in head:
        total = worded_number(words)
        greatest = "亿" if "亿" in words else "万"
        return None if total is None or scale else (Decimal(total) / SCALE_VALUE[greatest], greatest)
    number = worded_number(head) if head else None
    return None if number is None else (Decimal(number), own or scale)


def _counts_something(words: str, unit: str, before: str, scaled: bool) -> bool:
    """Whether a worded number before this classifier is a figure: 四张, 两期, 五大, but not 一个 or 一期."""
    if words in ("零", "〇") or words == "一" and unit not in ("成", "倍"):
        return False
    if unit == "期":
        return words == "两" or before in ("分", "共")
    return not (unit == "大" and scaled)


def _unit(value: Decimal, scale: str | None, unit: str | None, lexicon: Lexicon) -> tuple[str, str, Decimal]:
    """The unit with its scale as written (万元), its kind, and the value in it."""
    scale = scale or ""
    unit = _PLAIN_UNIT.get(unit or "", unit)
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
    if word == "约" and left[match.start() - 1 : match.start()] in _AGREED:
        return
    if word in ("过", "破") and amount.kind not in ("money", "scale", "goods", "weight"):
        return
    if word.startswith("最高") and amount.kind != "money":
        return
    amount.hedge_start = amount.start - (len(left) - match.start())
    if amount.qualifier is Qualifier.EXACT:
        amount.qualifier = _LEFT_HEDGES[word]


def _latin(sign: str) -> bool:
    return sign.isascii() and sign.isalpha()
