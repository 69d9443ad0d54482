"""Everything in a reading copy that can become a figure, found once for the whole text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lianzhang.kernel import Qualifier
from lianzhang.reading.amounts import Amount, find_amounts
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.numerals import worded_number
from lianzhang.reading.periods import StatedPeriod
from lianzhang.reading.sentences import LEVEL_BESIDE

_RANK = re.compile(
    r"(?P<verb>(?:总量|总数|数量|规模)?(?:列|居|位居|位列|排名?|排在|名列|跃居|升至|上升到|上升至|前移至|前进到|降至|下降到|下降至|跌至|退至|退居|后移至|滑落至|下滑至|跻身|稳居|荣登|居于|处于)?)[由从]?"
    r"(?P<scope>(?:(?<=[列居为排])(?!名)[\u4e00-\u9fff]{2,10}(?=第\d)|全国|全省|全市|全县|全区|全球|世界|国内|山东省?|同行业|行业|亚洲|省内|市内|各县市区|[\u4e00-\u9fff]{2,5}(?:市|省|县))?"
    r"(?:各?(?:县市区|地级市|市|县|区)(?:\((?:市|区|县)\))?|同类城市|同行业|行业|[\u4e00-\u9fff]{0,8}(?=第一))?)"
    r"第(?P<place>\d{1,4}|[一二三四五六七八九十]{1,3})(?P<unit>位|名|(?=[,。;!\n)、]|$))"
)
#: 居全国第7位、中部第3位: a second scope in one breath.
_ALSO_RANKED = re.compile(
    r"(?<=[位名])[、,](?P<scope>[\u4e00-\u9fff]{2,8})第(?P<place>\d{1,3}|[一二三四五六七八九十]{1,3})(?:位|名|(?=[,。;、]))"
)
_TOP = re.compile(
    r"(?P<verb>居|位居|位列|列|名列|稳居|跃居|居于)(?P<scope>[\u4e00-\u9fff()]{0,10}?)(?:首位|榜首|首)(?=[,。;!\n)、]|$)"
)
#: Words in front of the real scope: 营业收入列全省, 三年位居全省.
_RANK_VERB = re.compile(r"^(?:.*(?:位居|位列|列|居|排名|排)|增速|增幅|涨幅)")
_YEARS_RUNNING = re.compile(
    r"连续(?:第)?(?P<years>\d{1,2}|[一二两三四五六七八九十]{1,3})(?P<unit>年度?|个月|个季度|季度|届|次)"
)
#: Words that lead to a length of time.
_SPANS = re.compile(
    r"(?:周期|工期|货期|账期|回收期|期限|时限|质保|天数|时间|时长|寿命|历时|用时|耗时|年工作|为期|用了?|需要?|仅|只|领域|平均|长达|为|达|由|从|减少|增加"
    r"|(?:缩短|压缩|延长|降低|缩减|减少|减|降|提升|增加)(?:至|到|为)|缩短|压缩|提前|延长|提速|快|超过?|不足|不到|近|约)(?:了|达到?|约为|为)?"
    r"(?P<hedge>大?约|近|超过?|逾|不足|不到|不超过|不少于)?"
    r"(?P<length>\d{1,3}(?:\.\d+)?|\d{4,6}(?=多?余?小时))(?P<more>多|余)?(?P<unit>个月|年|天|个?工作日|小时|分钟|秒)(?![\d月度内前后来期报]|新[高低]|以来|最)"
)
#: 近3年，过去5年来: when something was, and no length of it.
_LATELY = re.compile(r"近\d{1,2}(?:年|个月)(?:来|间|以来|,|、|中|里)")
_SPAN_HEDGE = {
    **dict.fromkeys(("约", "大约"), Qualifier.ABOUT),
    "近": Qualifier.NEAR,
    **dict.fromkeys(("超", "超过", "逾"), Qualifier.OVER),
    **dict.fromkeys(("不足", "不到", "不超过"), Qualifier.AT_MOST),
    "不少于": Qualifier.AT_LEAST,
}
_CONTACT_WORDS = ("电话", "邮编", "编辑", "备案号", "许可证", "浏览", "点击", "阅读", "访问")
#: 分三大门类看, 从5个区县看: how the next figures are told apart.
_VIEWS = re.compile(r"(?<![\u4e00-\u9fff])(?:分|从|按)[^,。;:]{1,10}看(?=[,:])")
#: 10项第一 counts first places and is none.
_MEASURE_WORDS = frozenset("项个家件枚次")
_BRACKETED = re.compile(r"《[^》\n]{1,80}》|〔[^〕\n]{1,12}〕\d*号?|\[\d{1,3}\]")
_ADDRESS = re.compile(r"https?://[^\s\u4e00-\u9fff]+")
_CONTACT = re.compile(
    r"(?:电话|邮编|编辑|备案号|许可证)\D{0,8}\d+|(?:浏览|点击|阅读|访问)(?:次数|数|量)?[:：]? ?\d+"
)


@dataclass(frozen=True, slots=True)
class Rank:
    """`列全国第82位`: the scope and the place; `kind` tells a stretch of time from a rank; its verb is `span` when
    it is a length (由21天) and no run of years (连续三年)."""

    start: int
    end: int
    hedge_start: int
    number_start: int
    value: Decimal
    scope: str
    verb: str
    kind: str
    unit: str
    qualifier: Qualifier = Qualifier.EXACT


Token = Amount | Rank


class Tokens:
    """All number tokens of a text, served by stretch."""

    def __init__(self, text: str, lexicon: Lexicon, periods: Iterable[StatedPeriod]) -> None:
        ranks = list(_ranks(text))
        blocked = sorted(
            [*((p.start, p.end) for p in periods), *_names(text), *((r.start, r.end) for r in ranks)]
        )
        kept = [amount for amount in find_amounts(text, lexicon) if not _inside(amount.number_start, blocked)]
        self._all: list[Token] = []
        found: list[Token] = [*kept, *ranks]
        for token in sorted(found, key=lambda token: token.start):
            if not self._all or token.number_start >= self._all[-1].end:
                self._all.append(token)
        self._starts = [token.start for token in self._all]

    def between(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in `start:end`, in order."""
        return self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _names(text: str) -> Iterable[tuple[int, int]]:
    """Stretches whose numbers are part of a name or an aside: titles, numbers, notes, addresses, 全国(5.9%)."""
    if "%)" in text:
        yield from (match.span() for match in LEVEL_BESIDE.finditer(text))
    if "《" in text or "〔" in text or "[" in text:
        yield from (match.span() for match in _BRACKETED.finditer(text))
    if "看" in text:
        yield from (match.span() for match in _VIEWS.finditer(text))
    if "http" in text:
        yield from (match.span() for match in _ADDRESS.finditer(text))
    if any(word in text for word in _CONTACT_WORDS):
        yield from (match.span() for match in _CONTACT.finditer(text))


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    index = bisect_left(spans, (position + 1,)) - 1
    return any(spans[i][0] <= position < spans[i][1] for i in range(max(0, index - 3), index + 1))


def _ranked(text: str) -> Iterable[re.Match[str]]:
    """Rank phrases, looked for only around each 第."""
    at, before = text.find("第"), 0
    while at >= 0:
        match = _RANK.search(text, max(before, at - 24, text.rfind(",", max(0, at - 24), at) + 1), at + 8)
        if match is not None and match.start("place") == at + 1:
            before = match.end("place")
            yield match
        at = text.find("第", at + 1)


def _hedge_in(match: re.Match[str]) -> Qualifier:
    """The hedge that is itself the word leading to a length: 不到10天."""
    lead = match.string[match.start() : match.start("length")]
    return next((_SPAN_HEDGE[word] for word in _SPAN_HEDGE if lead.startswith(word)), Qualifier.EXACT)


def _ranks(text: str) -> Iterable[Rank]:
    """Places in an order and lengths of time."""
    if "首" in text:
        for match in _TOP.finditer(text):
            yield _rank(match, match.start(), match.start(), Decimal(1), match["scope"], match["verb"])
    if "第" in text:
        yield from _ordinals(text)
    yield from _spans(text)
    if "连续" in text:
        yield from _runs(text)


def _rank(match: re.Match[str], start: int, number_start: int, place: Decimal, scope: str, verb: str) -> Rank:
    # 连续26年第一: the years are no scope.
    scope = "" if scope == "年" else scope
    return Rank(start, match.end(), start, number_start, place, scope, verb, "rank", "位")


def _ordinals(text: str) -> Iterable[Rank]:
    """列全国第82位, and a second scope in the same breath."""
    for match in _ranked(text):
        place = _ordinal(match["place"])
        if place is None or not match["verb"] and (not match["scope"] or match["scope"] in _MEASURE_WORDS):
            continue
        scope = _RANK_VERB.sub("", match["scope"])
        torn = len(match["scope"]) - len(scope)
        start = match.start("scope") + torn if torn else match.start()
        yield _rank(match, start, match.start("place"), place, scope, match["verb"])
    for match in _ALSO_RANKED.finditer(text):
        place = _ordinal(match["place"])
        if place is not None:
            yield _rank(match, match.start("scope"), match.start("place"), place, match["scope"], "")


def _ordinal(digits: str) -> Decimal | None:
    number = int(digits) if digits.isdigit() else worded_number(digits)
    return None if number is None else Decimal(number)


def _spans(text: str) -> Iterable[Rank]:
    """历时20天, 由36小时压缩到11.5小时: lengths of time."""
    for match in _SPANS.finditer(text):
        start = match.start("length")
        if match["unit"] in ("年", "个月") and _LATELY.match(text, match.start()) is not None:
            continue
        hedge = Qualifier.OVER if match["more"] else _SPAN_HEDGE.get(match["hedge"] or "", _hedge_in(match))
        length = Decimal(match["length"])
        yield Rank(start, match.end(), start, start, length, "", "span", "duration", match["unit"], hedge)


def _runs(text: str) -> Iterable[Rank]:
    """连续三年: how many in a row."""
    for match in _YEARS_RUNNING.finditer(text):
        years = _ordinal(match["years"])
        if years is not None:
            unit = match["unit"].removeprefix("个")
            unit = "年" if unit == "年度" else unit
            start = match.start()
            yield Rank(start, match.end(), start, match.start("years"), years, "", "", "duration", unit)
