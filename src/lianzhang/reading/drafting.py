"""Makes drafts and gives each its subject, its period and its standing as plan or result."""

from __future__ import annotations

import re

from lianzhang.kernel import Change, ClaimKind, Period, PeriodKind
from lianzhang.reading.amounts import Amount
from lianzhang.reading.changes import FROM, led_to, starts_a_change
from lianzhang.reading.draft import Draft
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.measured import Measured, MeasuredThings
from lianzhang.reading.phrases import noun_after
from lianzhang.reading.scene import Scene
from lianzhang.reading.sentences import LONGEST_SENTENCE
from lianzhang.reading.subject import NOBODY, Subject, is_one_project
from lianzhang.reading.subjects import SubjectFinder
from lianzhang.reading.timeline import Timeline

#: A quote shorter than this is too short to be found again, or to be understood by itself.
_SHORT, _NEAR_END = 9, 14
#: What is told over a stretch of time and never of one day.
_FLOWS = frozenset(
    (
        "营业收入",
        "销售收入",
        "销售额",
        "产值",
        "工业增加值",
        "地区生产总值",
        "利润总额",
        "净利润",
        "税收",
        "进出口总额",
        "出口额",
        "进口额",
        "出口",
        "进口",
        "产量",
        "销量",
    )
)
_PROJECT_THINGS = frozenset(
    (
        "总投资",
        "占地面积",
        "建筑面积",
        "规划面积",
        "设计产能",
        "投资强度",
        "固定资产投资",
        "投资",
        "年加工能力",
        "年处理能力",
        "日产能力",
    )
)
_PROJECT_BEHIND = re.compile(
    r"的(?P<name>(?:“[^”\n]{2,40}”|[\u3400-\u9fffA-Za-z0-9()]{2,30}?)(?:项目|工程|产业园|基地))(?![\d\u4e00-\u9fff]*个)"
)
#: 总投资150亿元海创磷酸铁锂项目, without 的.
_NAMED_BEHIND = re.compile(
    r"(?P<name>[\u3400-\u9fffA-Za-z]{5,24}?(?:项目|工程|产业园|基地))(?![\d\u4e00-\u9fff]*个)"
)
_BUILDING = re.compile("项目|工程|拟|计划|规划|投资|[新扩改]建|建设|[一二三]期|落户|签约|开工|达产|投产")
_ANOTHER = re.compile("项目|工程|公司|集团")
_DIGIT = re.compile(r"\d")
_DONE = re.compile("完成|已投|累计投|到位")
#: Words that tell a result, so that a plan told before them is no plan any more: 已建设, 现有.
_TOLD = re.compile("已|现有|共有|拥有|实现了|完成了")
#: Words that are part of a noun as often as a plan: 绿色设计产品, 已建设18家.
_NOUN_PLANS = frozenset(("设计", "建设", "规划"))
#: What governs a whole sentence: 力争工业增加值增长6%、工业投资增长7%.
_HOPED = re.compile("力争|预计|(?<!年度)(?<!全年)计划(?!的)|争取(?!,)|确保|有望|目标是|下一步")
_AGAINST = re.compile(r"(?:完成|高于|低于|超|占|达到)[^,;。]*$")
#: Investment as the statistics of a place tell it, and no project's.
_STATISTICS = re.compile("(?:固定资产|工业|技改|技改共|技术改造|更新改造|民间|制造业|房地产开发)投资$")
#: 产值预计增长8%,新增企业42户: an estimate inside one clause says nothing of the next.
_INSIDE = re.compile(r"[\u3400-\u9fff]预计[^,]*,")
_BY_YEAR = re.compile(r"到(?P<year>20\d\d)年")
#: 投产后预计产值5亿元, 预计年产值5亿元: what is hoped for of some later year and not of the one told of before.
_ONCE_BUILT = re.compile(
    r"(?:投产|达产|建成|竣工|完工|达效)后[^。;\n]*$|(?<![\d今去当本前全半每来])年(?:产值|销售|应税|利税|税收|纳税|收入)[^。;,\n]*$"
)
#: 某铁路某段总投资153亿元、某生态园总投资80亿元: works that are told of by name, without the word project.
_WORKS = re.compile(
    ".{2,}(?:段|园|基地|中心|铁路|公路|高速|大桥|电站|电厂|工厂|机场|港区|码头|广场|小镇|综合体)$"
)
#: 甲公司的年产320万双运动鞋项目: whose project it is.
_OWNER = re.compile(
    r"(?P<name>[\u3400-\u9fff()]{4,24}?(?:有限责任公司|有限公司|集团|公司))的?(?=年(?:产|加工|处理)$)"
)
_YEARLY_WORK = re.compile("年(?:产|加工|处理)[^,。;、]{2,40}?(?:项目|工程|生产线)")
#: 全市制造业营业收入, 示范企业中我省25家: the place that a measured thing is of.
_SCOPED_BY = re.compile("^(?P<of>[全我][市县区省])(?=.{2,})|(?<=.{2})中(?P<among>[全我][市县区省])(?=数?$)")
_OF_A_PLACE = (ClaimKind.METRIC, ClaimKind.COUNT, ClaimKind.TITLE_COUNT, ClaimKind.PROJECT_COUNT)
_LAST_NOUN = re.compile(r"[^,;:、()]+$")


class Drafting:
    """Builds drafts for one reading copy."""

    def __init__(
        self, text: str, lexicon: Lexicon, subjects: SubjectFinder, things: MeasuredThings, timeline: Timeline
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._subjects = subjects
        self._things = things
        self._timeline = timeline

    def claim(self, token: Amount, measured: Measured, kind: ClaimKind, scene: Scene) -> Draft:
        """A draft of `token` as a value of `measured`."""
        draft = self.bare(token, kind, measured.name, scene.clause)
        draft.known = measured.known
        draft.end = max(token.end, measured.end)
        if draft.end - token.number_start < _SHORT:
            draft.end = max(
                draft.end, noun_after(self._text, token.end, min(len(self._text), token.end + 10))[1]
            )
        if draft.end - token.number_start < _SHORT and scene.clause_end - token.number_start <= _NEAR_END:
            draft.end = max(draft.end, scene.clause_end)
        draft.title, draft.level = measured.title, measured.level
        self.place(draft, measured, scene)
        if measured.modifier and draft.project.endswith(measured.modifier):
            draft.indicator = draft.indicator.removeprefix(measured.modifier) or draft.indicator
        if (
            kind is ClaimKind.PROJECT
            and not draft.project
            and scene.subject.kind in ("place", "park", "industry")
        ):
            draft.kind = ClaimKind.METRIC if _STATISTICS.search(measured.name) else kind
        if (
            draft.kind is ClaimKind.PROJECT
            and not draft.project
            and scene.subject.kind in ("company", "organ")
        ):
            # 公司始建于1993年,占地面积326万平方米: what a firm has, and nothing that is to be built.
            told = self._text[self._sentence_of(draft) : draft.number_start]
            draft.kind = kind if _BUILDING.search(told) else ClaimKind.METRIC
        draft.planned = self._is_planned(draft, scene)
        self._settle(draft, measured)
        if measured.yearly and draft.unit and not draft.unit.endswith("/年"):
            draft.unit += "/年"
        return draft

    def bare(self, token: Amount, kind: ClaimKind, indicator: str, start: int) -> Draft:
        """A draft that carries the number and nothing else yet."""
        return Draft(
            start=start,
            end=token.end,
            kind=kind,
            indicator=indicator,
            value=token.value,
            low=token.low,
            high=token.high,
            unit=token.unit,
            qualifier=token.qualifier,
            number_start=token.number_start,
            number_end=token.end,
            numbers=[(token.number_start, token.end)],
        )

    def place(self, draft: Draft, measured: Measured, scene: Scene) -> None:
        """Give the draft its subject and its period."""
        subject = self._subject_for(draft, measured, scene)
        draft.subject, draft.subject_support = subject.name, subject.support
        if not draft.subject and measured.thing and self._lexicon.product_pattern.search(measured.modifier):
            draft.subject, draft.subject_support = measured.modifier, "weak"
        draft.period, draft.period_support = self._timeline.period_of(draft, scene.previous)

    def place_of(self, name: str, token: Amount) -> str:
        """The place that `name` is in this text; empty for none."""
        return self._subjects.place_of(name, token.start)

    def place_ahead(self, phrase: str) -> tuple[str, int]:
        """The place that `phrase` begins with and its length, where a thing of it follows; empty and 0 for none."""
        return self._subjects.place_ahead(phrase)

    def _settle(self, draft: Draft, measured: Measured) -> None:
        """A plan does not hold as of a day carried over; what flows is of the year and not of its last day."""
        period = draft.period
        whole = draft.kind in (ClaimKind.METRIC, ClaimKind.PROJECT)
        if (
            draft.planned
            and whole
            and _ONCE_BUILT.search(self._text, self._sentence_of(draft), draft.number_start)
        ):
            draft.period, draft.period_support = None, "none"
            return
        if period is None or period.kind is not PeriodKind.DAY:
            return
        if draft.planned and draft.period_support == "carried":
            draft.period, draft.period_support = None, "none"
        elif measured.thing in _FLOWS and (period.end.month, period.end.day) == (12, 31):
            draft.period = Period.year(period.end.year)

    def begun(self, draft: Draft, token: Amount, near: str) -> Draft:
        """The draft, without a period where it tells from what a change led away."""
        if starts_a_change(self._text, near, token.end) and draft.period_support != "base":
            draft.period, draft.period_support = None, "none"
            draft.doubts.append(FROM)
            draft.end = led_to(self._text, token.end, draft.end)
        return draft

    def only_change(self, draft: Draft, change: Change) -> Draft:
        """Turn the draft into one that states a change and no value."""
        draft.change = change
        draft.value = draft.low = draft.high = None
        draft.unit = ""
        draft.qualifier = change.qualifier
        return draft

    def _subject_for(self, draft: Draft, measured: Measured, scene: Scene) -> Subject:
        subject = scene.subject
        scoped = _SCOPED_BY.search(draft.indicator) if draft.kind in _OF_A_PLACE else None
        word = (scoped["of"] or scoped["among"]) if scoped is not None else ""
        if scoped is not None and (place := self._subjects.place_of(word, draft.number_start)):
            draft.indicator = draft.indicator[: scoped.start()] + draft.indicator[scoped.end() :]
            return Subject(place, "place", "named")
        if measured.subject:
            return Subject(measured.subject, "", measured.support)
        work = next((told for told in reversed(scene.found) if told.project), None)
        if work is not None and subject.support == "carried" and self._is_of(work, draft, measured):
            draft.project = work.project
            return Subject(work.subject, "project", "named")
        if measured.thing not in _PROJECT_THINGS and draft.kind is not ClaimKind.PROJECT:
            return subject
        if draft.unit == "%" and subject is not NOBODY:
            return subject
        if measured.thing == "总投资" and _WORKS.search(measured.modifier):
            draft.project = measured.modifier
            return Subject(measured.modifier, "project", "named")
        quoted = self._quoted_around(draft)
        if quoted:
            draft.project = quoted
            return subject
        behind = _PROJECT_BEHIND.match(self._text, draft.number_end)
        if behind is None and measured.thing == "总投资":
            behind = _NAMED_BEHIND.match(self._text, draft.number_end)
        owner = _OWNER.search(self._text, self._sentence_of(draft), draft.number_start)
        if owner is not None:
            called = _YEARLY_WORK.match(self._text, owner.end())
            draft.project = called[0] if called is not None else ""
            return Subject(self._subjects.trim(owner["name"].removeprefix("包括")), "company", "named")
        if subject.kind == "project" and subject.support in ("named", "pronoun"):
            draft.project = subject.name
            return subject
        if self._text[scene.clause - 1 : scene.clause] == "(" and subject.support == "carried":
            noun = _LAST_NOUN.search(self._text, scene.sentence, scene.clause - 1)
            explained = self._subjects.trim(noun[0]) if noun else subject.name
            return Subject(explained, "project", "weak")
        name = (
            behind["name"]
            if behind and is_one_project(behind["name"])
            else self._subjects.project_before(draft.number_start, self._sentence_of(draft))
        )
        if not name:
            return subject
        draft.project = name
        return Subject(name, "project", "weak" if subject is NOBODY else "named")

    def _is_of(self, work: Draft, draft: Draft, measured: Measured) -> bool:
        """Whether a figure behind one of a project is of it: 建设6条生产线, 建成后年产50万套, 可实现年产值25亿元."""
        if _ANOTHER.search(self._text, work.number_end, draft.number_start):
            return False
        built = _ONCE_BUILT.search(self._text, self._sentence_of(draft), draft.number_start)
        return measured.thing == "设计产能" or "生产线" in draft.indicator or built is not None

    def _quoted_around(self, draft: Draft) -> str:
        """The quoted project name that the number is part of: “年产1500台…”项目."""
        opening = self._text.rfind("“", max(0, draft.number_start - 40), draft.number_start)
        closing = self._text.find("”", draft.number_end, draft.number_end + 60)
        if opening < 0 or closing < 0 or "”" in self._text[opening : draft.number_start]:
            return ""
        behind = self._text[closing + 1 : closing + 3]
        return self._text[opening + 1 : closing] + behind if behind in ("项目", "工程") else ""

    def _sentence_of(self, draft: Draft) -> int:
        start = draft.number_start
        floor = max(0, start - LONGEST_SENTENCE)
        return max(self._text.rfind(sign, floor, start) for sign in "。;\n") + 1 or floor

    def _is_planned(self, draft: Draft, scene: Scene) -> bool:
        """Whether the words before the number make it a plan; of a project everything but what was done is one."""
        sentence = self._sentence_of(draft)
        words = self._text[max(scene.clause - 12, sentence) : draft.number_start].replace("将近", "")
        if draft.kind is ClaimKind.PROJECT:
            return _DONE.search(words) is None
        told = max((match.end() for match in _TOLD.finditer(words)), default=0)
        for match in self._lexicon.planned.finditer(words, told):
            # 将120家供应商引入 moves them and hopes for nothing.
            moved = match[0] == "将" and match.end() == len(words)
            # 完成全年目标的59.2%, 高于目标4个百分点: measured against a plan, and a result.
            at = draft.number_start - (len(words) - match.start())
            against = match[0] in ("目标", "计划") and _AGAINST.search(self._text, sentence, at) is not None
            # 年度计划投资16.9亿元,入库数量增加3个: the plan has had its number.
            if at < scene.clause and _DIGIT.search(self._text, at, scene.clause):
                continue
            if match[0] == "预计" and _INSIDE.match(words, match.start() - 1):
                continue
            # 经过积极争取,6个项目入选: what was striven for and reached.
            moved = moved or match[0] == "争取" and words[match.end() : match.end() + 1] == ","
            if not moved and not against and match[0] not in _NOUN_PLANS:
                return True
        return told == 0 and self._is_hoped_for(draft, scene, sentence)

    def _is_hoped_for(self, draft: Draft, scene: Scene, sentence: int) -> bool:
        """Whether a word of hope governs the sentence up to here, or the year that it names is still to come."""
        before = self._text[sentence : draft.number_start]
        hoped = None
        for hoped in _HOPED.finditer(before):  # noqa: B007 - the last match is wanted
            pass
        if hoped is not None and hoped[0] == "预计" and _INSIDE.match(before, hoped.start() - 1):
            hoped = None
        if hoped is not None and _TOLD.search(before, hoped.end()) is None:
            return (
                scene.previous is None
                or scene.previous.planned
                or scene.previous.number_start < hoped.start()
            )
        published = self._timeline.published
        by_year = _BY_YEAR.search(before)
        return by_year is not None and published is not None and int(by_year["year"]) >= published.start.year


def inherit(draft: Draft, owner: Draft) -> Draft:
    """Let `draft` speak of the same subject and period as `owner`."""
    draft.subject, draft.subject_support = owner.subject, owner.subject_support
    draft.period, draft.period_support = owner.period, owner.period_support
    return draft


def fill(draft: Draft, token: Amount) -> None:
    """Give a change the value that follows it: 同比增长15%，达到100亿元."""
    draft.value, draft.low, draft.high, draft.unit = token.value, token.low, token.high, token.unit
    draft.qualifier = token.qualifier
    draft.end = token.end
    draft.numbers.append((token.number_start, token.end))


def add_change(draft: Draft, change: Change, token: Amount, end: int) -> None:
    """Give a value the change that follows it."""
    draft.change = change
    draft.end = max(draft.end, end)
    draft.numbers.append((token.number_start, token.end))
