"""How something stands beside others: percentage points ahead of a place or a period, and ranks."""

from __future__ import annotations

import re

from lianzhang.kernel import ClaimKind
from lianzhang.reading.amounts import Amount
from lianzhang.reading.changes import FROM, gap_before, gap_name, growth_before, led_to, starts_a_change
from lianzhang.reading.draft import Draft
from lianzhang.reading.drafting import Drafting, inherit
from lianzhang.reading.measured import Measured, MeasuredThings
from lianzhang.reading.phrases import JOINT, noun_after
from lianzhang.reading.scene import Scene
from lianzhang.reading.sentences import without_levels
from lianzhang.reading.tokens import Rank

#: 比1-6月提高: the period that a gap is measured from.
_BASE_PERIOD = re.compile(r"[比较][\d\-—~年月季度份 ]*$")
_RANKING_VERB = re.compile("(?:位居|位列|名列|居|列|排名|排)$")
#: 分列第三、第四: a rank each, told of several at once, which no one of them may be given.
_RANKED_TOGETHER = re.compile("(?:[位名])?[、和]第")
_GROWTH_NAMES = ("增速", "增幅", "涨幅")
PERCENT_POINTS = ("个百分点", "百分点", "个基点", "基点", "个BP", "BP")
#: 拉动规上工业增长3.1个百分点, 拖累产值增速0.5个百分点: what part of another growth is its doing.
_PULLED = re.compile("(?:拉动|拖累|下拉|带动)[^,;。\\d]{2,18}?(?=约?$)")
_LONGER = re.compile("(?:同比|[较比](?:去年|上年|年初)(?:同期)?)(?:增加|延长|减少|缩短)")
#: 排名较上年前移2位
_MOVED = re.compile("(?P<verb>前移|后移|上移|下移|前进|后退|上升|下降|提升|下滑|跃升|回落|升|降|进|退)了?$")
_PLACES = ("位", "名", "个位次", "位次")
_FOR_YEARS = re.compile("连续[^位]*数$")


_NUMBER = re.compile("[,、 ]*(?:入库)?(?:数量|总量|总数)")
_BODIES = ("家", "个", "户", "项", "件")
#: How a rate of growth itself changes; 提高 and 下降 are said of what grows as often, and count with 增速 alone.
_PACED = re.compile(
    "(?P<what>增速|增幅|降幅|涨幅|跌幅)[^,。;\\d]*?(?P<verb>加快|放缓|回落|回升|收窄|扩大|提升|提高|下降)了?(?:约)?$"
)
_PACED_ALONE = re.compile("(?P<what>)(?P<verb>加快|放缓|收窄|回落|回升)了?(?:约)?$")


class Standing:
    """Reads gaps and ranks of one reading copy."""

    def __init__(self, text: str, things: MeasuredThings, drafting: Drafting) -> None:
        self._text = text
        self._things = things
        self._drafting = drafting

    def points(self, token: Amount, left: str, near: str, scene: Scene) -> Draft:
        near, left = without_levels(near), without_levels(left)
        gap = gap_before(near)
        growth = None if gap else growth_before(left)
        previous = scene.previous
        head = near[: gap.start()] if gap else left[: growth.start].rsplit(",", 1)[-1] if growth else near
        head = _BASE_PERIOD.sub("", head)
        follows = previous is not None and not JOINT.sub("", head).strip("增降速幅涨 ")
        thing = scene.told or previous
        measured = (
            Measured(thing.indicator, thing.known, -1)
            if follows and thing is not None
            else self._things.before(head, token)
        )
        if pulled := _PULLED.search(near):
            measured = Measured(pulled[0], False, -1)
        suffix = ("下降" if growth.down else "提高") if growth is not None else "变化"
        paced = _PACED.search(near) or _PACED_ALONE.search(near)
        if paced is not None and (paced["what"] or thing is not None and thing.change is not None):
            # 增速较一季度回落1.2个百分点: the growth is less, and what grows is not.
            measured = measured.renamed(measured.name.removesuffix(paced["what"] or "\0"))
            suffix = f"{paced['what'] or '增速'}{paced['verb']}"
        if gap:
            already = (
                any(sign in measured.name for sign in ("率", "强度"))
                or measured.name.endswith(_GROWTH_NAMES)
                or token.unit not in PERCENT_POINTS
            )
            suffix = gap_name(gap) if already else f"增速{gap_name(gap)}"
        suffix = "" if pulled else suffix
        draft = self._drafting.claim(
            token, measured.renamed(f"{measured.name}{suffix}"), ClaimKind.GAP, scene
        )
        if follows and previous is not None:
            inherit(draft, previous)
            draft.start = min(draft.start, token.hedge_start)
        return draft

    def moved(self, token: Amount, near: str, scene: Scene) -> Draft | None:
        """排名较上年前移2位: how many places something rose or fell; None for what counts people or things."""
        moved = _MOVED.search(near) if token.unit in _PLACES else None
        ranked = scene.previous is not None and scene.previous.kind is ClaimKind.RANK
        if moved is None or not (ranked or "次" in token.unit or "排名" in near or "位次" in near):
            return None
        rank = next((draft for draft in reversed(scene.found) if draft.kind is ClaimKind.RANK), None)
        name = rank.indicator if rank is not None else "位次"
        measured = Measured(f"{name}{moved['verb']}", True, -1)
        draft = self._drafting.claim(token, measured, ClaimKind.GAP, scene)
        return inherit(draft, rank) if rank is not None else draft

    def rank(self, token: Rank, near: str, scene: Scene) -> Draft | None:
        previous = scene.previous
        if (
            previous is not None
            and token.kind == "rank"
            and self._ranks_what_was_counted(near, previous, scene)
        ):
            previous.end = max(previous.end, token.end)
            return None
        if token.kind == "rank" and _RANKED_TOGETHER.match(self._text, token.end) is not None:
            return None
        head = JOINT.sub("", near).strip("均都并 ")
        follows = previous is not None and not head and scene.clause - previous.number_end <= 2
        kind = ClaimKind(token.kind)
        at = token.start - len(near)
        if follows and previous is not None:
            # 市场占有率连续26年第一: the years are no part of what ranks first.
            measured = Measured(self._ranked(previous, scene), previous.known, -1)
        else:
            measured = self._things.before(_RANKING_VERB.sub("", near), None, at)
            thing = scene.told
            if thing is not None and kind is ClaimKind.RANK and measured.name in ("", *_GROWTH_NAMES):
                measured = measured.renamed(f"{thing.indicator}{measured.name}")
        if kind is ClaimKind.RANK:
            measured = self._number_of_them(measured, token, near, scene)
            name, stop = f"{measured.name}{token.scope}位次", token.end
        else:
            name, stop = self._length_name(token, measured.name, near.strip(), previous)
        draft = Draft(
            start=max(scene.clause, at),
            end=stop,
            kind=kind,
            indicator=name,
            known=True,
            value=token.value,
            unit=token.unit,
            qualifier=token.qualifier,
            scope=token.scope,
            number_start=token.number_start,
            number_end=token.end,
        )
        self._drafting.place(draft, measured, scene)
        if follows and previous is not None:
            self._as_before(draft, previous)
        if token.kind == "rank" and self._text[token.number_start - 2] in "由从":
            draft.period, draft.period_support = None, "none"
            draft.doubts.append(FROM)
        if token.verb == "span" and starts_a_change(self._text, near, token.end):
            draft.end = led_to(self._text, token.end, draft.end)
        return draft

    def _length_name(self, token: Rank, name: str, near: str, previous: Draft | None) -> tuple[str, int]:
        """What a length of time or a run of years is called, and where its words end."""
        if token.verb != "span":
            after, stop = noun_after(self._text, token.end, min(len(self._text), token.end + 16))
            if after.endswith("第"):
                after, stop = after[:-1], stop - 1
            return f"{name}连续{after}{token.unit}数", stop
        longer = previous is not None and previous.kind is ClaimKind.DURATION and _LONGER.fullmatch(near)
        return (f"{previous.indicator}{near}" if previous and longer else name or "时间"), token.end

    def _as_before(self, draft: Draft, previous: Draft) -> None:
        """Let a rank speak of the subject and time of the draft before, unless that tells where a change began."""
        own = (draft.period, draft.period_support)
        inherit(draft, previous)
        draft.start = previous.start
        if FROM in previous.doubts:
            draft.period, draft.period_support = own

    def _ranked(self, previous: Draft, scene: Scene) -> str:
        """What ranks, where the draft before says it: the growth that a gap is of, the thing of another rank."""
        if previous.kind is ClaimKind.RANK:
            return previous.indicator.removesuffix("位次").removesuffix(previous.scope or "\0")
        told = scene.told
        if previous.kind is ClaimKind.GAP and told is not None:
            paced = "增速" if told.change is not None and "增速" in previous.indicator else ""
            return f"{told.indicator}{paced}"
        return _FOR_YEARS.sub("", previous.indicator)

    def _number_of_them(self, measured: Measured, token: Rank, near: str, scene: Scene) -> Measured:
        """认定21家,较上年多6家,数量居全省第9位: how many there are, and not how many more."""
        said = near + self._text[token.start : token.number_start]
        counted = next((told for told in scene.found if told.unit in _BODIES), None)
        return (
            measured.renamed(counted.indicator) if counted is not None and _NUMBER.match(said) else measured
        )

    def _ranks_what_was_counted(self, near: str, previous: Draft, scene: Scene) -> bool:
        """10项工作位列全省首位: how many are first, and no rank of one thing."""
        noun = previous.indicator.removesuffix("数")
        counted = previous.kind is ClaimKind.COUNT and previous.unit in ("项", "个")
        return counted and noun != "" and near.rstrip("均都已全部") == noun and previous.start >= scene.clause
