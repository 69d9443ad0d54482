"""Drafts from lists behind 分别."""

from __future__ import annotations

import re
from itertools import takewhile

from lianzhang.kernel import ClaimKind, Text
from lianzhang.reading.amounts import Amount
from lianzhang.reading.changes import Growth, change_of, gap_before, gap_name, growth_before, share_before
from lianzhang.reading.draft import Draft
from lianzhang.reading.drafting import Drafting, add_change, inherit
from lianzhang.reading.figures import PERCENT_UNITS, POINTS, takes_change
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.measured import Measured, MeasuredThings
from lianzhang.reading.phrases import JOINT
from lianzhang.reading.respectively import Group, Name, listed_bodies, pair_names
from lianzhang.reading.scene import Scene
from lianzhang.reading.sentences import without_levels
from lianzhang.reading.timeline import Timeline

#: 较一季度、上半年和前三季度分别
_AGAINST = re.compile(r"[比较](?P<whole>[^,;。()]{2,30}?)(?:分别|各)")
#: 三地分别为11家、9家和24家: several that were named before, so that no one of them has them all.
_SEVERAL = re.compile("[两三四五六七八九十]+(?:地|县|区|市|家|企)")
_AND = re.compile("、|和|及|与")
#: 同比分别增加9个、21个: by how many the things of the last list grew.
_INCREASE = re.compile(r"(?:同比|比上年|较上年)?(?:分别)?(?P<verb>增加|减少)$")
_UNPAIRED = Text(
    "“分别”前后的项数不一致，未能配对。",
    "The names and the numbers around 分别 differ in count and were not paired.",
)


class Grouping:
    """Pairs names and numbers in order when, and only when, their counts agree."""

    def __init__(
        self, text: str, lexicon: Lexicon, things: MeasuredThings, drafting: Drafting, timeline: Timeline
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._things = things
        self._drafting = drafting
        self._timeline = timeline

    def drafts(self, group: Group, scene: Scene) -> list[Draft]:
        """New drafts for the group; changes that belong to values before are added to those instead."""
        first = group.tokens[0]
        begin = max(scene.position, scene.sentence)
        left = without_levels(self._timeline.blanked(begin, first.hedge_start))
        growth = growth_before(left) if first.unit in PERCENT_UNITS else None
        gap = gap_before(left)
        if scene.subject.end > begin:
            left = " " * (scene.subject.end - begin) + left[scene.subject.end - begin :]
        head = left[: growth.start] if growth else left[: gap.start()] if gap else left
        names = pair_names(head, self._lexicon, len(group.tokens))
        plain = growth is None and gap is None and first.unit in PERCENT_UNITS
        share = share_before(left.replace("分别", "")) if plain else None
        owners = self._owners(len(group.tokens), scene)
        if names is None and owners and not _INCREASE.sub("", JOINT.sub("", head)).strip("分别均 "):
            return self._on_owners(group, growth, gap, owners, scene)
        drafts = []
        if names is None:
            listed = listed_bodies(self._text[scene.sentence : first.start], self._lexicon, len(group.tokens))
            thing = self._thing_of(scene, head)
            names = [Name(thing, body) for body in listed] or None
        beside = self._beside(group, head, gap, growth, scene) if names is None else []
        if beside:
            return beside
        for index, token in enumerate(group.tokens):
            measured = self._measured(names[index] if names else None, head, token, gap)
            kind = self._kind(measured, token)
            if share is not None and names is not None and share["whole"]:
                measured, kind = measured.renamed(f"{measured.name}占{share['whole']}比重"), ClaimKind.SHARE
            draft = self._drafting.claim(token, measured, kind, scene)
            draft.start, draft.end = scene.clause, group.tokens[-1].end
            own = self._own_growth(group, index, growth)
            change = change_of(token, own) if own is not None and not own.state else None
            if change is not None:
                self._drafting.only_change(draft, change)
            if names is None:
                draft.doubts.append(_UNPAIRED)
                if gap is None and ("、" in head[-40:] or _SEVERAL.search(head[-40:])):
                    draft.subject, draft.subject_support = "", "none"
            drafts.append(draft)
        scene.last_group = drafts
        return drafts

    def _beside(
        self, group: Group, head: str, gap: re.Match[str] | None, growth: Growth | None, scene: Scene
    ) -> list[Draft]:
        """One thing measured against several periods or places in turn: 较一季度、上半年分别提高7.9个和3.4个百分点."""
        told = scene.told
        if told is None or group.tokens[0].unit not in POINTS:
            return []
        raw = _AGAINST.search(self._text, scene.clause, group.tokens[0].hedge_start)
        wholes = _AND.split(gap["whole"] if gap else raw["whole"] if raw else "")
        if len(wholes) != len(group.tokens):
            return []
        verb = "下降" if growth is not None and growth.down else "提高"
        drafts = []
        for token, whole in zip(group.tokens, wholes, strict=True):
            name = (
                f"{told.indicator}增速{'低于' if gap['below'] else '高于'}{whole}"
                if gap
                else f"{told.indicator}较{whole}{verb}"
            )
            draft = inherit(self._drafting.bare(token, ClaimKind.GAP, name, scene.clause), told)
            draft.known, draft.end = told.known, group.tokens[-1].end
            drafts.append(draft)
        scene.last_group = drafts
        return drafts

    def _thing_of(self, scene: Scene, head: str) -> str:
        """What a list of changes that names nothing itself is told of: the last known thing of the sentence."""
        found = None
        for found in self._lexicon.indicator_pattern.finditer(self._text, scene.sentence, scene.clause):  # noqa: B007
            pass
        return head if found is None else found[0]

    def _owners(self, count: int, scene: Scene) -> list[Draft]:
        """Whom a list of `count` numbers without names speaks of: the last list, or the last values, if as many."""
        if len(scene.last_group) == count:
            return scene.last_group
        values = list(takewhile(takes_change, reversed(scene.found)))
        if len(values) != count:
            values = list(takewhile(lambda draft: draft.unit == values[0].unit, values))
        return values[::-1] if len(values) == count else []

    def _measured(self, name: Name | None, head: str, token: Amount, gap: re.Match[str] | None) -> Measured:
        phrase = name.phrase if name else head
        place, length = self._drafting.place_ahead(phrase) if name and not name.subject else ("", 0)
        measured = self._things.before(phrase[length:], token)
        if name is not None and (name.subject or place):
            measured = measured.of(name.subject or place)
        elif (
            name is not None and not measured.known and self._things.is_body(measured.name.removesuffix("数"))
        ):
            body = measured.name.removesuffix("数")
            measured = Measured("", False, -1, subject=self._lexicon.places.get(body, body))
        return measured.renamed(f"{measured.name}增速{gap_name(gap)}") if gap else measured

    def _kind(self, measured: Measured, token: Amount) -> ClaimKind:
        return ClaimKind.GAP if token.unit in POINTS else self._things.kind(measured, token)

    def _on_owners(
        self,
        group: Group,
        growth: Growth | None,
        gap: re.Match[str] | None,
        owners: list[Draft],
        scene: Scene,
    ) -> list[Draft]:
        """工业投资、技改投资分别增长…，分别高于全省…: the second list speaks of the first list's things."""
        drafts = []
        for index, (token, owner) in enumerate(zip(group.tokens, owners, strict=True)):
            own = self._own_growth(group, index, growth)
            change = change_of(token, own) if own is not None and not own.state else None
            if change is not None and owner.change is None:
                add_change(owner, change, token, group.tokens[-1].end)
                continue
            name = f"{owner.indicator}增速{gap_name(gap)}" if gap else owner.indicator
            if more := _INCREASE.search(self._text, scene.clause, group.tokens[0].hedge_start):
                name = f"{name}{more['verb']}"
            kind = ClaimKind.GAP if token.unit in POINTS else owner.kind
            draft = inherit(self._drafting.bare(token, kind, name, scene.clause), owner)
            draft.known, draft.end = owner.known, group.tokens[-1].end
            drafts.append(self._drafting.only_change(draft, change) if change else draft)
        return drafts

    def _own_growth(self, group: Group, index: int, shared: Growth | None) -> Growth | None:
        """The growth word of this very number (分别下降2.3%、增长18.9%), else the one before it."""
        for place in range(index, 0, -1):
            between = self._text[group.tokens[place - 1].end : group.tokens[place].hedge_start]
            own = growth_before(between)
            if own is not None:
                return own
        return shared
