"""What the words before a number make of it: growth, share, rank, gap, or a plain value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from lianzhang.kernel import Change, Qualifier, Text
from lianzhang.reading.amounts import Amount

_UP = (
    "增长率|增长|增加|上升|上涨|上扬|提高|提升|攀升|扩大|增幅|增速|涨幅|预增|大增|猛增|激增|净增|递增|暴增|劲增"
    "|跃升|新增|多增|增收|走高|反弹|回升|加快|增|涨|升"
)
_DOWN = "下降|减少|降低|下滑|回落|缩减|收窄|下跌|降幅|跌幅|萎缩|压减|缩短|节约|节省|预减|减亏|负增长|少增|放缓|减|降|跌"
_BASE = (
    r"同比|环比|同期|比上?年?同期|按(?:可比|不变|现行)(?:价格?|口径)(?:计算)?"
    r"|(?:与|同|较|比|相较于?|相比于?|对比)[^,。;()\d]{0,14}?(?:\d{4}年?)?(?:[^,。;()\d]{0,6}?)(?:相比|比较|同比)?"
)
_SPARE = (
    r"(?:近|过去)?[两二三四五]年(?=平均|年均)|分别|均|各|平均|累计|实际|名义|可比|净|再|又|更是|仅|大幅|年均|逐年|直接|将|已|约|可|迅速|快速|明显|小幅|同步"
    r"|双双|最高|由负转正|持续|平稳|稳步|稳定|略|连年|成倍|\(下同\)|整体|总体|共|,"
)
_VERB = re.compile(
    rf"(?P<verb>{_UP}|{_DOWN})(?:率|幅度?|速度?|比例)?"
    r"(?:了|约|达到?|高达|为|是|超过?|近|至少|预计|,|:|分别|均|各)*(?P<state>(?:到|至)了?)?(?:分别|均|约|超过?|近|的)*$"
)
#: 比去年多了将近一倍, 较上届高12%: plain words that tell a change only beside what they compare with.
_COMPARED = re.compile(
    r"(?:比|较)(?P<base>[^,。;()\d]{1,12}?)(?P<verb>多|高|少|低)(?:了|出)?(?:约|近|超过?)?$"
)
_HEAD = re.compile(rf"(?:(?:{_BASE})|{_SPARE})+$")
_FALLING = re.compile(_DOWN)
_NAMED_BASE = re.compile(r"(?:与|同|较|比|相较于?|相比于?|对比)(.*?)(?:相比|比较)?$")
_SHARE = re.compile(
    r"(?P<part>[^,。;:()]*?)(?:占据?(?![有比地])|占到)(?:了|到)?(?P<whole>[^,。;:()\d]{0,16}?)的?"
    r"(?:比重|比例|份额|比|总量|总数)?(?:保持在|稳定在|维持在|已经?|均|都|将|达到?了?|为|是|约|超过?|近|高达|的)*$"
)
_MULTIPLE_OF = re.compile(r"(?:是|为|相当于|达到?|超)[^,。;\d]{0,16}的$")
_GAP = re.compile(
    r"(?:高于|快于|超过?|高出|领先|(?P<below>低于|慢于|低出|落后))(?P<whole>[^,。;:\d]{1,12}?)(?:水平|增速|平均)*(?:约|近|超|分别|整整)*$"
)
#: 比规上工业平均高3.4个百分点: against others, and not against another time.
_APART = re.compile(
    r"比(?P<whole>(?:(?![年月季期初届次])[^,。;:\d]){2,12}?)(?:平均)?(?:水平)?(?:高|快|(?P<below>低|慢))出?(?:了|约|近)?$"
)
_STARTING_POINT = re.compile(r"[由从](?:最初|原来|之前|(?:去|上|今)?年[初底末])?的?(?:每.)?$")
_GOES_ON = re.compile(
    r"[^,;。]{0,6}?(?:增长|增加|提高|提升|上升|上涨|扩大|发展|下降|降低|减少|缩短|压缩|增|升|降|涨|跌)(?:到|至)"
)
_LED_TO = re.compile(
    _GOES_ON.pattern + r"(?:约|近|超过?|不足|的)*\d[\d,.]*[万亿]?(?:个?百分点|[\u3400-\u9fff%])?"
)
#: 两年平均: of which years a mean is taken, which is part of what is told.
MEAN_OF_YEARS = re.compile("[两二三四五]年平均")
#: 较年初增加, 同比减收: how much more there is of what was told before.
INCREASE_NAME = re.compile(
    "(?:[较比](?:去年|上年|年初|上月|上季度)?(?:同期|末|底)?|同比|环比)(?:净?增加|增长|减少|[增减多少][收支增]|新增|净增|[多少])$"
)
#: What is told of a number from which a change leads away: 由18%升至24%.
FROM = Text(
    "这是变化的起点，原文没有写明它的时间。", "This is where a change began; the text does not say when."
)
_DOUBLING = re.compile(r"翻了?(?P<times>一|两|二|三|四)?番")

#: Longest stretch of text before a number that is looked at.
REACH = 60
_VERB_REACH = 16
_HEAD_REACH = 34


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth phrase that ends right before a number. `start` is where the phrase begins in the left text."""

    start: int
    down: bool
    base: str
    state: bool


def growth_before(left: str) -> Growth | None:
    """The growth phrase at the end of `left`, if there is one."""
    window = left[-_VERB_REACH:]
    verb = _VERB.search(window)
    if verb is None:
        return _compared(left)
    at = len(left) - len(window) + verb.start()
    lead = left[max(0, at - _HEAD_REACH) : at]
    head = _HEAD.search(lead)
    return Growth(
        start=at - len(lead) + head.start() if head else at,
        down=_FALLING.fullmatch(verb["verb"]) is not None,
        base=_base_name(head[0]) if head else "",
        state=bool(verb["state"]),
    )


def _compared(left: str) -> Growth | None:
    match = _COMPARED.search(left, max(0, len(left) - _HEAD_REACH))
    if match is None:
        return None
    return Growth(match.start(), match["verb"] in "少低", _base_name(f"较{match['base']}"), state=False)


def _base_name(head: str) -> str:
    if "同比" in head or "同期" in head or "可比" in head:
        return "同比"
    if "环比" in head:
        return "环比"
    if "翻" in head:
        # 较2020年翻了一番,年均增长15%: what was doubled since is told before, and the mean compares with nothing.
        head = head.rpartition(",")[2]
    match = _NAMED_BASE.search(head.strip(","))
    if not match:
        return ""
    base = match[1].strip(",")
    return "同比" if base in ("去年", "上年", "上年度", "去年同期") else f"较{base}" if base else ""


def change_of(amount: Amount, growth: Growth) -> Change | None:
    """The change in percent that a percentage or a multiple states; None for other units."""
    factor = {"percent": Decimal(1), "multiple": Decimal(100), "tenth": Decimal(10)}.get(amount.kind)
    if factor is None or amount.unit not in ("%", "％", "倍", "成"):
        return None
    sign = -1 if growth.down else 1
    if amount.value is None:
        low, high = sorted((amount.low * factor * sign, amount.high * factor * sign))  # type: ignore[operator]
        return Change(None, Qualifier.RANGE, low, high, growth.base)
    return Change(amount.value * factor * sign, amount.qualifier, base=growth.base)


def share_before(left: str) -> re.Match[str] | None:
    """`X占Y的` at the end of `left`: groups `part` and `whole`."""
    return _SHARE.search(left) if "占" in left else None


def gap_before(left: str) -> re.Match[str] | None:
    """`高于全省` and its like at the end of `left`: group `whole`, and `below` where it says less."""
    return _GAP.search(left) or _APART.search(left)


def gap_name(gap: re.Match[str]) -> str:
    """高于全省 or 低于全省, whichever verb says so."""
    return f"{'低于' if gap['below'] else '高于'}{gap['whole']}"


def multiple_of(left: str) -> bool:
    """Whether `left` ends like 是上年的, so that 2倍 is a ratio and not a growth."""
    return left.rstrip().endswith("的") and _MULTIPLE_OF.search(left) is not None


def doublings(text: str, start: int, end: int) -> list[tuple[int, int, Decimal]]:
    """Every 翻番 in the stretch with the growth in percent it means (翻两番 is +300 %)."""
    found = []
    for match in _DOUBLING.finditer(text, start, end):
        times = {"一": 1, None: 1, "两": 2, "二": 2, "三": 3, "四": 4}[match["times"]]
        found.append((match.start(), match.end(), Decimal(2**times - 1) * 100))
    return found


def starts_a_change(text: str, near: str, end: int) -> bool:
    """Whether a number that ends at `end` is where a change began: 由2.1%降至0.4%; `near` is what stands before it."""
    return _STARTING_POINT.search(near) is not None and _GOES_ON.match(text, end) is not None


def led_to(text: str, start: int, end: int) -> int:
    """The end of the number that a change leads to, so that 由2.1%降至0.4% is quoted as a whole; at least `end`."""
    found = _LED_TO.match(text, start)
    return max(end, found.end() if found is not None else end)
