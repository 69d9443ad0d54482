"""When: periods stated in a text, absolute or relative to its date of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from lianzhang.kernel import Period, PeriodError, PeriodKind
from lianzhang.reading.numerals import worded_number

_YEAR = r"(?:(?:19|20)\d{2}年度?|二[〇零]\d?[〇零一二三四五六七八九]{1,2}年|今年|本年度?|去年|上年|前年|明年|当年|同年)"
_QUARTER = r"第?[一二三四1-4]季度|首季度?|前三季度|前3季度"
_MONTHS = (
    r"\d{1,2}月?份?(?:[-—–~～至到]{1,2})\d{1,2}月份?|前(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?月|前11月"
)
_WORDED_MONTH = r"(?:十[一二]?|[一二三四五六七八九])月(?:份|底|末)"
_MONTH = _WORDED_MONTH + r"|\d{1,2}月(?:\d{1,2}日|份|底|末|初|上旬|中旬|下旬)?"
_REST = (
    rf"[一三]季报|上半年|下半年|(?<![上下])半年(?=净利|业绩|营收|报|度)|{_QUARTER}|{_MONTHS}|{_MONTH}|全年(?!(?:目标|任务|计划)(?:任务|数)?的)"
    r"|(?<![一二两三四五六七八九十\d])年内|年?[底末](?!端)|(?<![由从])年初(?!预算|计划|目标|确定|人代会|提出)"
)

_PATTERN = re.compile(
    r"(?:"
    r"(?P<years>(?:19|20)\d{2}年?[-—–~～至到]{1,2}(?:19|20)\d{2}年)"
    r"|(?P<iso>(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}日?)"
    rf"|(?P<year>{_YEAR})[,的]?(?P<sub>{_REST})?(?P<since>以来|起|之后|以后)?(?P<same>同期)?(?:\(下同\))?"
    rf"|(?P<alone>{_REST})(?P<alone_same>同期)?"
    r"|(?P<bare>20[0-4]\d(?=[\u4e00-\u9fff“《])(?![年个家户台套万亿元吨人名多余余项条件亩度米倍]))"
    r"|(?P<code>(?:20)?[012]\d(?:Q[1-4]|H[12])(?![A-Za-z0-9]))"
    r"|(?P<present>截至(?:目前|今|当前|日前|发稿)|目前(?:为止)?|(?<![实发体出呈表展兑])现(?:有|已|拥有|共有|年|在)|当前|如今|迄今|眼下|至今)"
    r"|(?P<report>(?:本)?报告期[内末])|(?P<plan>十[三四五]五”?(?:末|期末|时期末))"
    r"|(?P<this_month>当月|单月)(?!份)|(?P<present_day>当天|当日|此次|本次|这次|[签开启授]\w{1,4}仪式上|仪式上|现场签约|活动现场)"
    r")"
)
#: Where an expression may begin; the pattern above is tried nowhere else.
_WORD_STARTS = re.compile(
    "当月|单月|今年|本年|去年|上年|前年|明年|当年|同年|二〇|二零|上半年|下半年|半年|第一季|第二季|第三季|第四季|一季度|二季度|三季度|四季度|首季"
    "|一季报|三季报|前三季|前3季|(?<![提目此之以日])(?:前一|前二|前两|前三个|前四|前五|前六|前七|前八|前九|前十|前1|前2|前3个|前4|前5|前6|前7|前8|前9)|全年|年内|年底|年末|年初"
    "|仪式上|签约仪式|开工仪式|启动仪式|授牌仪式|现场签约|活动现场|现在|截至|目前|现有|现已|现拥|现共|当前|如今|迄今|眼下|至今|现年|当天|当日|此次|本次|这次"
    "|报告期|本报告期|十三五|十四五|十五五"
)
_WORDED_STARTS = re.compile(r"(?<![一二三四五六七八九十个])" + _WORDED_MONTH)
_DIGIT_STARTS = re.compile(
    r"\d{1,4}(?=[年月季]|(?:Q[1-4]|H[12])(?![A-Za-z0-9])|份?[-—–~～至到./]{1,2}\d|[\u4e00-\u9fff“《])"
)
_BASE_WORDS = (
    "较",
    "相较",
    "相较于",
    "较于",
    "相比",
    "相比于",
    "比",
    "与",
    "同比",
    "环比",
    "超出",
    "超",
    "超过",
    "高于",
    "低于",
    "对比",
)
#: 订单排到6月份: a schedule's end, and no time of any figure.
_SCHEDULED = ("排到", "排到了", "排至", "排期到", "排产到", "排产至", "排单到", "排单至")
_UNTIL_WORDS = ("截至", "截止", "截止到", "到", "至")
#: 增加到2024年的27亿: what a change leads to, and no end of a stretch.
_CHANGED_TO = tuple(f"{verb}{to}" for verb in "加高升降少长展大减增涨跌落" for to in "到至")
_VALUE_OF = re.compile(r"(?:同期)?的?\d")
#: 是2017年的1.8倍: the period is what the number is a multiple of.
_RATIO_TO = re.compile(r"的?(?:近|约|超)?\d+(?:\.\d+)?倍")
_FUTURE = re.compile(
    "将|(?<![主重需紧])要(?![求素点闻件害道是])|计划|力争|预计|安排|拟|目标|确保|争取(?=[在到年实完突达新全进])|有望"
)
#: Words in front of 上半年 or 年底 that make it one to come.
_FUTURE_BEFORE = re.compile(
    "(?:将|计划|力争|预计|拟|确保|争取|有望|目标)[^,。;:]{0,3}$|(?:力争|确保)[^。;:]{0,40}$"
)
#: 成立于2003年, 2006年经省政府批准: how old something is, and no time of the figures behind it.
_ORIGIN_BEFORE = re.compile(
    "(?:成立|始建|创建|创立|创办|组建|设立|注册|诞生|起步|起源|建|始|源)(?:于|时间为)$"
)
_ORIGIN_BEHIND = re.compile(
    "(?:正式|注册)?(?:成立|创立|创建|创办|建厂|始建|组建|起步|开始|经[^,。;]{0,10}批准|被?批准)"
)
_RANGE_MONTHS = re.compile(r"(\d{1,2})月?份?[-—–~～至到]{1,2}(\d{1,2})月")
_FIRST_MONTHS = re.compile(r"前(\d{1,2}|[一二两三四五六七八九十]{1,2})个?月")
_ONE_MONTH = re.compile(r"(\d{1,2})月(?:(\d{1,2})日)?(底|末|初)?")
_QUARTERS = {"一": 1, "1": 1, "首": 1, "二": 2, "2": 2, "三": 3, "3": 3, "四": 4, "4": 4}


@dataclass(frozen=True, slots=True)
class StatedPeriod:
    """One period expression at `start:end` of the reading copy.

    `role`: `time` (when something holds), `asof` (the end of a period on which something was counted),
    `base` (what it is compared with), `present` (a state as of publication), `event` (the day spoken
    of), `began` (the time of the number that a change led away from), `since` (a stretch open to
    publication), `date` (a full date in figures, as in a byline),
    `report` (the period that a report is on).
    `explicit` tells that the words name the year themselves, `guessed` that nobody knows the date they
    are to be resolved against.
    """

    start: int
    end: int
    role: str
    period: Period | None
    explicit: bool
    guessed: bool = False


class Calendar:
    """Resolves expressions of one document; remembers the year that is spoken of."""

    def __init__(self, published: Period | None, *, guessed: bool = False) -> None:
        self.published = published
        self._guessed = guessed
        self.year: int | None = published.end.year if published else None
        #: The year named last, in figures, anywhere before: what 当年 means in a report on it.
        self._told: int | None = None

    def find(self, text: str) -> list[StatedPeriod]:
        """All period expressions in `text`, in order, each resolved as far as the document allows."""
        starts = sorted(
            [m.start() for m in _WORD_STARTS.finditer(text)]
            + [m.start() for m in _DIGIT_STARTS.finditer(text)]
            + ([m.start() for m in _WORDED_STARTS.finditer(text)] if "月" in text else [])
        )
        found: list[StatedPeriod] = []
        spoken: int | None = None
        last_end = -100
        for start in starts:
            if start < last_end or text[start - 1 : start].isdigit() and text[start].isdigit():
                continue
            match = _PATTERN.match(text, start)
            if match is None or match["bare"] and text[start - 1 : start] in (".", "-", "+", "年"):
                continue
            if start - last_end > 80 or "\n" in text[max(last_end, 0) : start]:
                spoken = None
            stated, spoken = self._resolve(match, spoken)
            if stated is not None:
                found.append(stated)
                last_end = stated.end
        return found

    def _resolve(self, match: re.Match[str], spoken: int | None) -> tuple[StatedPeriod | None, int | None]:
        start, end = match.span()
        groups = match.groupdict()
        before = match.string[max(0, start - 3) : start]
        scheduled = before.endswith(_SCHEDULED)
        until = before.endswith(_UNTIL_WORDS) and not before.endswith(_CHANGED_TO)
        if until:
            start -= 2 if before.endswith(("截至", "截止")) else 3 if before.endswith("截止到") else 1
            before = match.string[max(0, start - 3) : start]
        compared = before.endswith(_BASE_WORDS) and not before.endswith(("计较", "百分比"))
        # 由去年的31%提高到38%: where the change began.
        began = before.endswith(("由", "从")) and _VALUE_OF.match(match.string, end) is not None
        if groups["present"]:
            return StatedPeriod(start, end, "present", self.published, True), spoken
        if groups["report"]:
            return StatedPeriod(start, end, "report", None, False), spoken
        if groups["plan"]:
            last_year = {"三": 2020, "四": 2025, "五": 2030}[groups["plan"][1]]
            return _stated(start, end, "time", Period.year(last_year), True), spoken
        if groups["this_month"]:
            return StatedPeriod(start, end, "month", None, False), spoken
        if scheduled:
            return StatedPeriod(start, end, "schedule", None, False), spoken
        if groups["present_day"]:
            return StatedPeriod(start, end, "event", None, False), spoken
        if groups["code"]:
            return _stated(start, end, "time", _parse("20" + groups["code"][-4:]), True), spoken
        if groups["iso"]:
            period = _parse(
                "-".join(f"{int(part):02d}" for part in re.split("[-./]", groups["iso"].rstrip("日")))
            )
            return _stated(start, end, "date", period, True), spoken
        base = compared or bool(groups["same"] or groups["alone_same"])
        if groups["years"]:
            first, last = re.findall(r"\d{4}", groups["years"])
            return _stated(start, end, "base" if base else "time", _parse(f"{first}/{last}"), True), spoken
        if groups["bare"]:
            return _stated(start, end, "time", _parse(groups["bare"]), True), spoken
        year, explicit = self._year(groups["year"], spoken)
        rest = groups["sub"] or groups["alone"]
        if year is None and groups["alone"]:
            planned = _FUTURE.search(match.string, end, end + 14) is not None or (
                _FUTURE_BEFORE.search(match.string, max(0, start - 44), start) is not None
            )
            year = self.year if planned else self._year_for(groups["alone"])
        period = _within(year, rest) if year is not None else None
        if period is None and rest and year is not None:
            return None, spoken
        base = base or _RATIO_TO.match(match.string, end) is not None
        since = groups["since"] or _is_origin(match)
        role = "base" if base else "since" if since else "began" if began else "time"
        if until and rest and rest[-1] in "底末" or (rest and rest in ("年底", "年末", "底", "末")):
            period = _day_at_end(year, rest) if year is not None else None
            role = "asof" if role == "time" else role
        word = groups["year"] or ""
        relative = spoken is None if not word else not word[0].isdigit() and word[0] not in "当同"
        stated = StatedPeriod(start, end, role, period, explicit, guessed=self._guessed and relative)
        if explicit and not base and not rest and word[0].isdigit():
            self._told = year
        return stated, (year if explicit and not base and not began else spoken)

    def _year(self, word: str | None, spoken: int | None) -> tuple[int | None, bool]:
        """The year a word names and whether it names it by itself."""
        if word is None:
            return spoken, False
        if word[:4].isdigit():
            return int(word[:4]), True
        if word[0] == "二":
            return worded_number(word.rstrip("年")), True
        if self.year is None:
            return None, True
        if word in ("当年", "同年"):
            return (spoken or self._told or self.year), False
        return self.year + {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "明": 1}[word[0]], True

    def _year_for(self, rest: str) -> int | None:
        """The latest year in which `rest` was over, or nearly so, on the day of publication."""
        if self.published is None or self.year is None:
            return None
        period = _within(self.year, rest)
        if period is None:
            return self.year
        if rest in ("年内", "全年", "年底", "年末", "底", "末"):
            over = (
                rest != "年内"
                and self.published.end.month <= 3
                and self.published.kind is not PeriodKind.YEAR
            )
            return self.year - 1 if over else self.year
        late = timedelta(days=0 if period.kind is PeriodKind.DAY else 25)
        if period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
            # A month or a quarter that has begun is told of as it goes: 四季度集中开工.
            return self.year if period.start <= self.published.end else self.year - 1
        return self.year if period.end <= self.published.end + late else self.year - 1


def _is_origin(match: re.Match[str]) -> bool:
    """Whether the expression tells when something began to exist."""
    start, end = match.span()
    return (
        _ORIGIN_BEFORE.search(match.string, max(0, start - 6), start) is not None
        or _ORIGIN_BEHIND.match(match.string, end) is not None
    )


def _stated(start: int, end: int, role: str, period: Period | None, explicit: bool) -> StatedPeriod | None:
    return StatedPeriod(start, end, role, period, explicit) if period is not None else None


def _parse(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except PeriodError:
        return None


def _within(year: int | None, rest: str | None) -> Period | None:
    """The part of `year` that `rest` names; the whole year for nothing or 全年."""
    if year is None or not 1900 <= year <= 2100:
        return None
    if not rest or rest in ("全年", "年内", "底", "末", "年底", "年末"):
        return Period.year(year)
    if rest == "年初":
        return Period.month(year, 1)
    if rest.startswith(("上半年", "下半年", "半年")):
        return Period.half(year, 2 if rest.startswith("下") else 1)
    if "季" in rest:
        if rest.startswith("前") or rest == "三季报":
            return Period.months(year, 1, 9)
        return Period.quarter(year, _QUARTERS[rest.removeprefix("第")[0]])
    span = _RANGE_MONTHS.match(rest)
    if span:
        return _months(year, int(span[1]), int(span[2]))
    first = _FIRST_MONTHS.match(rest)
    if first:
        count = int(first[1]) if first[1].isdigit() else worded_number(first[1])
        return _months(year, 1, count or 0)
    one = _ONE_MONTH.match(_in_digits(rest))
    if one is None:
        return None
    if one[2]:
        return _parse(f"{year:04d}-{int(one[1]):02d}-{int(one[2]):02d}")
    month = _parse(f"{year:04d}-{int(one[1]):02d}")
    if month is not None and one[3] in ("底", "末"):
        return Period.day(month.end)
    return month


def _in_digits(rest: str) -> str:
    """三月份 as 3月份; months in digits come back as they are."""
    word = rest.partition("月")[0]
    number = None if word.isdigit() else worded_number(word)
    return rest if number is None else f"{number}{rest[len(word) :]}"


def _months(year: int, first: int, last: int) -> Period | None:
    return Period.months(year, first, last) if 1 <= first <= last <= 12 else None


def _day_at_end(year: int, rest: str) -> Period | None:
    """截至2024年底 is the last day of the year; 截至6月底 that of the month."""
    within = _within(year, rest)
    if within is None or within.kind is PeriodKind.DAY:
        return within
    return Period.day(within.end)


def publication_date(text: str) -> Period | None:
    """The date a document gives itself: a full date in its first or last lines, else none."""
    head = text[:400]
    for part in (head, text[-200:]):
        for match in re.finditer(r"(20\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", part):
            line = part[
                part.rfind("\n", 0, match.start()) + 1 : part.find("\n", match.end()) % (len(part) + 1)
            ]
            if (
                len(line) <= 60
                or "讯" in part[match.end() : match.end() + 2]
                or "报道" in part[match.end() : match.end() + 4]
            ):
                return _parse(f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}")
    return None


def dateline(text: str) -> Period | None:
    """The day a report opens with (8月15日，…) in the latest year it names; none when either is missing."""
    year = latest_year(text)
    match = re.search(r"(?<!\d)(\d{1,2})月(\d{1,2})日", text[:160])
    if year is None or match is None:
        return None
    return _parse(f"{year}-{int(match[1]):02d}-{int(match[2]):02d}")


def latest_year(text: str) -> Period | None:
    """The greatest year a text names: the best guess at its own year when nothing else tells it."""
    years = [int(year) for year in re.findall(r"(?<!\d)(20[0-4]\d)年", text)]
    past = [year for year in years if year <= date.max.year]
    return Period.year(max(past)) if past else None
