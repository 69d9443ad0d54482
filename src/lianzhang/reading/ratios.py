"""What a percentage or a multiple states that is no growth: a share, a rate, how far a task is done."""

from __future__ import annotations

import re
from dataclasses import replace

from lianzhang.kernel import ClaimKind, Qualifier
from lianzhang.reading.amounts import Amount
from lianzhang.reading.changes import share_before
from lianzhang.reading.draft import Draft
from lianzhang.reading.drafting import Drafting
from lianzhang.reading.measured import Measured, MeasuredThings
from lianzhang.reading.phrases import noun_after
from lianzhang.reading.scene import Scene
from lianzhang.reading.unsaid import Unsaid

#: 产能利用率在80%以上的企业占46.2%: the number bounds those who are counted.
_BOUND_OF_A_CLASS = re.compile("(?:以上|以下|之间)?的?[^,;。\\d]{0,8}?占(?!比)")
#: 按贷款额的千分之五给予奖励: a rate of a rule, and no figure of anybody.
_BY_RULE = re.compile("按(?:照)?(?P<of>[^,;。\\d]{2,12})的$")
#: 产量约占全国的75%: the hedge stands before the verb.
_SHARE_HEDGES = {
    "约": Qualifier.ABOUT,
    "大约": Qualifier.ABOUT,
    "近": Qualifier.NEAR,
    "接近": Qualifier.NEAR,
    "超过": Qualifier.OVER,
    "超": Qualifier.OVER,
}
_HEDGE_OF_SHARE = re.compile("(?:大约|约|接近|近|超过|超)$")
_MULTIPLE_BASE = re.compile(r"(?:是|为|相当于)[^,]*$")
#: What a share without a thing of its own is a share of: 工业税收增长16.8%，占全部税收的45.6%.
_SHARED = (ClaimKind.METRIC, ClaimKind.COUNT, ClaimKind.TITLE_COUNT, ClaimKind.PROJECT_COUNT)
#: 工业投资216.5亿元，完成全年目标的59.2%
_FULFILLED = re.compile(r"(?:占|完成)(?P<target>[^,;。]{0,16}?(?:目标|任务|计划)(?:任务)?)的?$")
_THIS_SHARE = re.compile("(?:这一?|该|此)(?:比例|比重|占比)")
#: 远高于全国1.35%的水平: what something is compared with.
_COMPARED_LEVEL = re.compile(r"(?:高于|低于|优于|快于|慢于)[^,。;]*$")
#: 出口占比从一成提高到近三成: the share of what is sold abroad.
_PART = re.compile("(?:出口|进口|外销|内销|[\u3400-\u9fff]{2,6}产品)占比")
#: 23户企业产能利用率低于60%: which firms are counted, and no rate of anybody.
_OF_HOW_MANY = re.compile("\\d[家户个](?:企业|单位|项目)[^,;。\\d]{2,10}(?:低于|高于|超过?|不足|达到?)$")
_SHARE_NAMES = ("占比", "份额", "占有率", "市占率", "比重")


class Ratios:
    """Interprets ratios of one reading copy."""

    def __init__(self, text: str, things: MeasuredThings, drafting: Drafting, unsaid: Unsaid) -> None:
        self._text = text
        self._things = things
        self._drafting = drafting
        self._unsaid = unsaid
        #: The last share told of, which 这一比例 means.
        self._share: Draft | None = None

    def ratio(self, token: Amount, near: str, scene: Scene) -> Draft | None:
        if token.unit == "成":
            _tenths_to_percent(token)
        at = token.hedge_start - len(near)
        fulfilled = _FULFILLED.search(near)
        if fulfilled is not None and scene.told is not None:
            told = scene.told
            name = f"{told.indicator}完成{fulfilled['target']}比例"
            owner = told.subject if scene.subject.support in ("carried", "none") else ""
            measured = Measured(name, told.known, -1, subject=owner)
            return self._drafting.claim(token, measured, ClaimKind.SHARE, scene)
        share = share_before(near)
        if share is not None:
            return self._share_of(token, share, at, scene)
        if _COMPARED_LEVEL.search(near) and self._text.startswith("的水平", token.end):
            return None
        if self._share is not None and _THIS_SHARE.search(near):
            measured = Measured(self._share.indicator, self._share.known, -1, subject=self._share.subject)
            return self._drafting.claim(token, measured, ClaimKind.SHARE, scene)
        if token.unit == "倍":
            near = _MULTIPLE_BASE.sub("", near)
        if near.strip() in ("", "在") and _BOUND_OF_A_CLASS.match(self._text, token.end):
            return None
        if near.endswith("在") and _BOUND_OF_A_CLASS.match(self._text, token.end):
            return None
        if (rule := _BY_RULE.search(near)) is not None:
            return self._drafting.claim(
                token, Measured(f"{rule['of']}比例", False, -1), ClaimKind.METRIC, scene
            )
        if _OF_HOW_MANY.search(self._text[max(0, token.start - 24) : token.start]) is not None:
            return None
        measured = self._things.before(near, token, at)
        behind, _ = noun_after(self._text, token.end, min(len(self._text), scene.clause_end))
        if near.strip() or len(behind) < 2 or not self._text.startswith("的", token.end):
            # 21.3%的企业招工难 says itself whom it is a share of.
            measured = self._unsaid.completed(measured, token, scene.previous)
        if not measured.name and (thing := self._unsaid.ranked_by(token, scene)):
            measured = measured.renamed(thing)
        if not measured.name and len(behind) >= 2 and not behind.startswith("的"):
            measured = measured.renamed(f"{behind}占比")
        value = scene.told
        if measured.name == "占比" and value is not None and value.kind in _SHARED:
            measured = Measured(
                f"{value.indicator.removesuffix('数')}占比",
                value.known,
                measured.end,
                subject=measured.subject,
            )
        if measured.name == "占比":
            measured = replace(measured, known=False)
        if measured.name == "占比" and (part := _PART.search(near)) is not None:
            measured = measured.renamed(part[0])
        kind = ClaimKind.SHARE if measured.name.endswith(_SHARE_NAMES) else ClaimKind.METRIC
        draft = self._drafting.claim(token, measured, kind, scene)
        draft.end = max(draft.end, noun_after(self._text, token.end, min(len(self._text), token.end + 10))[1])
        return self._drafting.begun(draft, token, near)

    def _share_of(self, token: Amount, share: re.Match[str], at: int, scene: Scene) -> Draft:
        """产量占全国的75%, 占74.3%: what part something is of a whole."""
        measured = self._things.before(share["part"], token, at + share.start())
        whole = next((draft for draft in reversed(scene.found) if draft.kind in _SHARED), None)
        of_market = not measured.name and (share["whole"] or "").endswith("市场")
        if not measured.name and whole is not None:
            measured = measured.renamed(whole.indicator.removesuffix("数"))
        name = f"{measured.name}占{share['whole']}比重" if share["whole"] else f"{measured.name}占比"
        if of_market:
            name = f"{share['whole']}占有率"
        hedge = _HEDGE_OF_SHARE.search(share["part"])
        if hedge is not None and token.qualifier is Qualifier.EXACT:
            token.qualifier = _SHARE_HEDGES[hedge[0]]
        self._share = self._drafting.claim(token, measured.renamed(name), ClaimKind.SHARE, scene)
        return self._share


def _tenths_to_percent(token: Amount) -> None:
    token.unit = "%"
    token.value = token.value * 10 if token.value is not None else None
    token.low = token.low * 10 if token.low is not None else None
    token.high = token.high * 10 if token.high is not None else None
