"""What one number states: a growth, a ratio, a gap, a rank, or a value."""

from __future__ import annotations

import re
from dataclasses import replace

from lianzhang.kernel import Change, ClaimKind, Qualifier, Text
from lianzhang.reading.amounts import Amount
from lianzhang.reading.changes import (
    INCREASE_NAME,
    MEAN_OF_YEARS,
    REACH,
    Growth,
    change_of,
    doublings,
    gap_before,
    growth_before,
    multiple_of,
)
from lianzhang.reading.draft import Draft
from lianzhang.reading.drafting import Drafting, add_change, fill, inherit
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.measured import MeasuredThings
from lianzhang.reading.phrases import JOINT
from lianzhang.reading.ratios import Ratios
from lianzhang.reading.scene import Scene
from lianzhang.reading.set_phrases import in_set_phrase
from lianzhang.reading.standing import Standing
from lianzhang.reading.timeline import Timeline
from lianzhang.reading.tokens import Rank, Token
from lianzhang.reading.unsaid import INCREASED, Unsaid

PERCENT_UNITS = ("%", "％", "倍", "成")
POINTS = ("个百分点", "百分点", "个基点", "基点", "个BP", "BP")
_MILESTONE = re.compile(
    r"[,、](?:首次|一举|成功|再次|连续)?(?:突破|迈上|跨上|站上|跨越)[^,\d]{2,10}(?:大关|台阶|关口|亿元)?(?=,|$)"
)
#: 突破3000亿元大关，同比增长12%
_LANDMARK = re.compile("^(?:大关|关口|台阶)(?=,|$)")
#: 回落0.4点, not 8点 of a clock nor 3点多
_POINT = re.compile("点(?![钟多半左前以之])")
#: 满分100分
_FULL_MARKS = re.compile("(?:满分|总分值|分值)(?:为|是|共)?$")
_ASKED_FOR = re.compile("(?:下达|确定|制定|分解|交办)的$")
_TASK = re.compile("的?(?:任务|目标|计划)")
_RANKED_AMONG = re.compile(r"[\u4e00-\u9fff]{1,10}?中(?:排|居|位|列|名)")
#: What is told as a number without a unit.
_INDEX = re.compile("(?:指数|强度|得分|评分|总分|分值|系数|PMI)(?:达到?|为|是|升至|提高到)?$")
_AND_GREW = re.compile(
    r"[,、]?(?:[较比](?P<base>\d{4}年(?:同期|[末底])?)|同比|较上年|比上年|较去年|比去年|实现|同期|几乎|近|了|接近)*"
)
_AFTER_CHANGE = re.compile(r"[,、]?(?:总量|总额|累计|规模|已)?(?:达到|达|至|为|到)?")
#: 生产总值突破千亿，增长10%: a round sum in words names nothing.
_ROUND_SUM = re.compile(r"(?:突破|超过?|达到?|跨越)[百千万]亿元?(?:大关)?,?$")
_GLOSS = re.compile(r"\([A-Za-z]{2,8}\)")


class Figures:
    """Interprets number tokens of one reading copy."""

    def __init__(
        self, text: str, lexicon: Lexicon, things: MeasuredThings, drafting: Drafting, timeline: Timeline
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._things = things
        self._drafting = drafting
        self._timeline = timeline
        self._standing = Standing(text, things, drafting)
        self._unsaid = Unsaid(text, lexicon, things, drafting)
        #: Set when the last token was a threshold: 50亿元以上项目3个.
        self.threshold = False
        self._ratios = Ratios(text, things, drafting, self._unsaid)
        #: What was last said to grow, which an industry told of without a measured thing grows in as well.
        self._grown, self._grown_at, self._grown_unit = "", 0, ""

    def draft(self, token: Token, scene: Scene) -> Draft | None:
        """The draft that `token` opens; None when it adds to the one before or states nothing."""
        self.threshold = False
        begin = max(scene.position, scene.sentence, token.hedge_start - REACH)
        left = self._timeline.blanked(begin, token.hedge_start)
        near = left[max(scene.clause - begin, 0) :]
        if not near.strip() and self._text[scene.clause - 1 : scene.clause] == ":":
            near = left[: scene.clause - 1 - begin].rsplit(",", 1)[-1] if scene.clause - 1 > begin else near
        if not near.strip(" 为达到是约") and (gloss := self._before_gloss(scene)):
            near = gloss + near
        if isinstance(token, Rank):
            return self._standing.rank(token, near, scene)
        noun = self._before_bracket(near, scene) if token.kind in ("bodies", "items", "people") else None
        if noun is not None:
            draft = self._value(token, left, self._text[noun : scene.clause - 1], scene)
            if draft is not None:
                draft.start = noun
            return draft
        if token.unit in PERCENT_UNITS:
            growth = growth_before(left)
            if growth is not None and not growth.state and not (token.unit == "倍" and multiple_of(left)):
                return self._growth(token, growth, left, begin, scene)
            return self._ratios.ratio(token, near, scene)
        if token.unit in ("‰", "‱"):
            return self._ratios.ratio(token, near, scene)
        if self._is_distance(token, left, near):
            return self._standing.points(token, left, near, scene)
        if self._is_aside(token, near):
            return None
        if (moved := self._standing.moved(token, near, scene)) is not None:
            return moved
        if not token.kind and _INDEX.search(near) is None or in_set_phrase(self._text, token):
            return None
        return self._value(token, left, near, scene)

    def _is_distance(self, token: Amount, left: str, near: str) -> bool:
        """Whether a number says how far something is from what it was or from others: 提高1.8分, 上升0.7点."""
        if token.unit in POINTS:
            return True
        point = not token.kind and _POINT.match(self._text, token.end) is not None
        if token.kind != "score" and not point:
            return False
        growth = growth_before(left)
        if gap_before(near) is None and (growth is None or growth.state):
            return False
        if point:
            token.unit, token.end = "点", token.end + 1
        return True

    def _is_aside(self, token: Amount, near: str) -> bool:
        """完成市下达的30亿元的任务, 在九大行业中排第3位: what was asked for, or among how many something ranks."""
        if _ASKED_FOR.search(near) is not None and _TASK.match(self._text, token.end) is not None:
            return True
        if token.kind == "score" and _FULL_MARKS.search(near) is not None:
            return True
        among = token.kind == "items" and near.endswith(("在", "居", "列"))
        return among and _RANKED_AMONG.match(self._text, token.end) is not None

    def _before_gloss(self, scene: Scene) -> str:
        """What stands before a gloss in Latin letters that stands before the number: 地区生产总值(GDP)201亿元."""
        opening = self._text.rfind("(", max(scene.sentence, scene.clause - 10), scene.clause)
        if opening < 0 or _GLOSS.fullmatch(self._text, opening, scene.clause) is None:
            return ""
        begin = max(self._text.rfind(sign, scene.sentence, opening) for sign in ",:(") + 1 or scene.sentence
        return self._timeline.blanked(max(begin, min(self._things.named_to, opening)), opening)

    def _before_bracket(self, near: str, scene: Scene) -> int | None:
        """Where the noun begins whose bracketed addition stands between it and the number.

        智能工厂(数字化车间)11家 counts 智能工厂.
        """
        if near.strip() or self._text[scene.clause - 1 : scene.clause] != ")":
            return None
        opening = self._text.rfind("(", scene.sentence, scene.clause)
        if opening < 0:
            return None
        return max(self._text.rfind(sign, scene.sentence, opening) for sign in ",、:(") + 1 or scene.sentence

    def doubled(self, start: int, end: int, scene: Scene) -> list[Draft]:
        """Growth told as 翻番 in the sentence."""
        found = []
        for first, last, pct in doublings(self._text, start, end):
            change = Change(
                pct, Qualifier.OVER if self._text[last : last + 1] in ("多", "余") else Qualifier.EXACT
            )
            told = next((draft for draft in scene.found if self._grew(draft, first)), None)
            if told is not None:
                compared = _AND_GREW.fullmatch(self._text, told.number_end, first)
                if compared is not None and compared["base"]:
                    change = replace(change, base=f"较{compared['base']}")
                told.change, told.end = change, max(told.end, last)
                told.numbers.append((first, last))
                continue
            begin = max(start, first - 40)
            left = self._text[begin:first]
            lead = re.sub(r"(?:同比|实现|连年|连续|再|将|成功|比[^,]*|较[^,]*|,)+$", "", left)
            phrase = re.split(r"[,;:。、(]", lead)[-1]
            at = begin + left.rindex(phrase)
            measured = self._things.before(phrase, None, at if at < self._things.floor <= first else None)
            draft = Draft(
                start=begin + left.rindex(phrase),
                end=last,
                kind=ClaimKind.METRIC,
                indicator=measured.name,
                known=measured.known,
                number_start=first,
                number_end=last,
                change=change,
            )
            self._drafting.place(draft, measured, scene)
            draft.doubts.append(
                Text("“翻番”按增长一倍读出，可能是修辞。", "“Doubled” is read as +100 %; it may be rhetoric.")
            )
            found.append(draft)
        return found

    def _grew(self, draft: Draft, first: int) -> bool:
        """Whether a doubling at `first` is told of the value of `draft`: 出口14.6亿元，同比翻了一番."""
        return takes_change(draft) and _AND_GREW.fullmatch(self._text, draft.number_end, first) is not None

    # -- growth, ratios, gaps, ranks ----------------------------------------------------

    def _growth(self, token: Amount, growth: Growth, left: str, begin: int, scene: Scene) -> Draft | None:
        change = change_of(token, growth)
        if change is None:
            return None
        rest = left[: growth.start]
        behind = JOINT.sub("", _LANDMARK.sub("", _MILESTONE.sub("", rest)).replace(" ", ""), count=1)
        previous = scene.previous
        yearly = any(mean in left[growth.start :] for mean in ("年均", "平均"))
        if (
            previous is not None
            and not behind.strip("其中,、 ()总量金额\ufffd")
            and previous.number_end <= begin
        ):
            whole = self._enlarged(previous, scene) if not yearly else None
            if whole is not None:
                add_change(whole, change, token, token.end)
                return None
            # A yearly mean is no change of the year told of: it makes a statement of its own about the same thing.
            if (
                not yearly
                and takes_change(previous)
                and not self._timeline.told_between(previous.number_end, token.number_start)
            ):
                add_change(previous, change, token, token.end)
                return None
            again = inherit(
                self._drafting.bare(token, ClaimKind.METRIC, previous.indicator, previous.start), previous
            )
            again.known = previous.known
            if mean := MEAN_OF_YEARS.search(left, growth.start):
                again.indicator += mean[0]
            if yearly:
                # Of the time told here, and not of the one that the value before was compared with.
                again.period, again.period_support = self._timeline.period_of(again, previous)
            own = self._timeline.told_between(previous.number_end, token.number_start)
            if own is not None:
                again.period, again.period_support = own, "sentence"
            return self._drafting.only_change(again, change)
        start = max(scene.clause - begin, 0)
        phrase = left[start : growth.start] if growth.start > start else rest.rsplit(",", 1)[-1]
        at = begin + start if growth.start > start else None
        if at is None:
            # The thing stands in the clause before: 云溪县生产总值突破千亿,增长10%.
            phrase = phrase[max(0, self._things.named_to - begin - len(rest) + len(phrase)) :]
        measured = self._things.before(_ROUND_SUM.sub("", phrase), token, at)
        goes_on = (
            scene.subject.kind == "industry"
            or not phrase.strip(" 累计")
            or self._text[scene.sentence - 1 : scene.sentence] == ";"
        )
        near_by = "\n" not in self._text[self._grown_at : token.start]
        if not measured.name and goes_on and self._grown and near_by:
            measured = measured.renamed(self._grown)
        self._grown, self._grown_at = INCREASED.sub("", measured.name), token.end
        draft = self._drafting.claim(token, measured, ClaimKind.METRIC, scene)
        draft.start = scene.clause if scene.clause <= begin + growth.start else begin
        return self._drafting.only_change(draft, change)

    def _enlarged(self, previous: Draft, scene: Scene) -> Draft | None:
        """产值92亿元，较上年同期增加7.8亿元，增幅9.2%: the rate is of the whole and not of what was added to it."""
        whole = scene.found[-2] if len(scene.found) > 1 else None
        if whole is None or not INCREASE_NAME.search(previous.indicator) or whole.unit != previous.unit:
            return None
        return whole if takes_change(whole) else None

    # -- values ---------------------------------------------------------------------------

    def _value(self, token: Amount, left: str, near: str, scene: Scene) -> Draft | None:
        previous = scene.previous
        if previous is not None and _awaits_value(previous, token) and _AFTER_CHANGE.fullmatch(left):
            fill(previous, token)
            return None
        measured = self._things.around(token, near, scene.clause_end)
        if measured is None:
            return None
        if measured.threshold:
            self.threshold = True
            return None
        measured = self._unsaid.also_made(
            self._unsaid.completed(measured, token, previous), token, left, previous
        )
        measured = self._unsaid.named(measured, token, near, scene)
        if token.kind == "score":
            measured = self._unsaid.scored(measured, token)
        if not measured.name and (thing := self._unsaid.ranked_by(token, scene)):
            measured = measured.renamed(thing)
        nearby = "\n" not in self._text[self._grown_at : token.start] and token.start - self._grown_at < REACH
        if not measured.name and self._grown_unit == token.unit and nearby and not near.strip(" 累计"):
            # 10月用电量1.32亿千瓦时,增长8.8%;1-10月累计12.41亿千瓦时
            measured = measured.renamed(self._grown)
        draft = self._drafting.claim(token, measured, self._things.kind(measured, token), scene)
        if draft.kind is ClaimKind.METRIC:
            self._grown, self._grown_at = INCREASED.sub("", draft.indicator), token.end
            self._grown_unit = token.unit
        return self._drafting.begun(draft, token, near)


def takes_change(draft: Draft) -> bool:
    """Whether the draft states a value that may still be told a growth."""
    stated = draft.value is not None or draft.low is not None or draft.damaged
    return (
        stated
        and draft.change is None
        and draft.period_support != "base"
        and draft.kind not in (ClaimKind.RANK, ClaimKind.DURATION)
    )


def _awaits_value(draft: Draft, token: Amount) -> bool:
    empty = draft.change is not None and draft.value is None and draft.low is None and not draft.damaged
    return empty and draft.kind is ClaimKind.METRIC and token.kind not in ("items", "bodies")
