"""From sentences to drafts: every number gets its subject, its measured thing, its period and its hedge."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lianzhang.kernel import Change, ClaimKind, Period, PeriodKind, Text
from lianzhang.reading.amounts import Amount
from lianzhang.reading.changes import (
    REACH,
    Growth,
    change_of,
    doublings,
    gap_before,
    growth_before,
    multiple_of,
    share_before,
)
from lianzhang.reading.draft import Draft
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.measured import Measured, MeasuredThings
from lianzhang.reading.periods import StatedPeriod
from lianzhang.reading.respectively import Group, pair_names, value_groups
from lianzhang.reading.sentences import clauses, sentences
from lianzhang.reading.subjects import NOBODY, Subject, SubjectFinder
from lianzhang.reading.tokens import Rank, Token, Tokens

_MILESTONE = re.compile(
    r"[,、](?:首次|一举|成功|再次|连续)?(?:突破|迈上|跨上|站上|跨越)[^,\d]{2,10}(?:大关|台阶|关口|亿元)?(?=,)"
)
_JOINT = re.compile(r"[,(、;:\s)]*(?:其中|和|及|与|且|并|而|,)*")
_PERCENT_UNITS = ("%", "％", "倍", "成")
_POINTS = ("个百分点", "百分点")
_PROJECT_THINGS = frozenset(
    {
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
    }
)


class Grammar:
    """Reads one document. Build it once per text and call `drafts`."""

    def __init__(
        self, text: str, lexicon: Lexicon, periods: Sequence[StatedPeriod], published: Period | None
    ) -> None:
        self.text = text
        self.lexicon = lexicon
        self.periods = periods
        self.published = published
        self.tokens = Tokens(text, lexicon, periods)
        self.subjects = SubjectFinder(text, lexicon, {p.start: p.end for p in periods})
        self.things = MeasuredThings(text, lexicon)
        self.carried: Period | None = None
        self.event_day: Period | None = None
        self._period_index = 0
        self._sentence_start = 0
        self._topic = self.subjects.main
        self._opening = True
        self._threshold = False
        self._before: Draft | None = None
        self._here: list[StatedPeriod] = []

    def drafts(self) -> list[Draft]:
        """Every figure of the text, in order of appearance."""
        found: list[Draft] = []
        for start, end in sentences(self.text):
            found.extend(self._sentence(start, end))
        return found

    # -- one sentence -----------------------------------------------------------------

    def _sentence(self, start: int, end: int) -> list[Draft]:
        self._sentence_start = start
        self._open_sentence(start)
        self._here = periods = self._periods_between(start, end)
        tokens = self.tokens.between(start, end)
        found: list[Draft] = []
        groups = value_groups(self.text, tokens)
        position = start
        for first, last in clauses(self.text, start, end):
            inside = [token for token in tokens if first <= token.start < last]
            limit = inside[0].hedge_start if inside else last
            thing = self.lexicon.indicator_pattern.search(self.text, first, limit)
            if thing and inside:
                limit = thing.start()
            before = self.subjects.current
            subject = self.subjects.observe(first, last, limit)
            self.things.floor = subject.end
            if inside and subject.support == "none":
                subject = self._carried_subject(before)
            for token in inside:
                group = groups.get(id(token))
                if group is not None:
                    if token is group.tokens[0]:
                        found.extend(self._group(group, found, first, start, position, subject, periods))
                    position = token.end
                    continue
                self._threshold = False
                self._before = found[-1] if found else None
                draft = self._token(token, found, first, last, start, position, subject, periods)
                if draft is not None:
                    found.append(draft)
                position = token.hedge_start if self._threshold else token.end
        found.extend(self._doubled(start, end, periods))
        self._carry(periods)
        if self._opening and self.subjects.current.support in ("named", "pronoun", "weak", "carried"):
            self._topic = self.subjects.current
        return found

    def _open_sentence(self, start: int) -> None:
        """After a full stop the text returns to its topic, after a line end to its main subject.

        The topic is the subject of the first part of the sentence before; a semicolon opens no
        new sentence in this sense.
        """
        before = self.text[max(0, start - 1) : start]
        self._opening = before != ";"
        if not self._opening:
            return
        if before == "\n" and self.subjects.main is not NOBODY:
            self._topic = self.subjects.main
        if self._topic is not NOBODY:
            self.subjects.current = self._topic

    def _carried_subject(self, before: Subject) -> Subject:
        if before.support in ("none",):
            return NOBODY
        return Subject(before.name, before.kind, "carried")

    def _token(
        self,
        token: Token,
        found: list[Draft],
        clause: int,
        clause_end: int,
        sentence: int,
        previous: int,
        subject: Subject,
        periods: list[StatedPeriod],
    ) -> Draft | None:
        begin = max(previous, sentence, token.hedge_start - REACH)
        left = self._blanked(begin, token.hedge_start)
        near = left[max(clause, previous, begin) - begin :]
        if isinstance(token, Rank):
            return self._rank(token, near, clause, found, subject, periods)
        if token.unit in _PERCENT_UNITS:
            growth = growth_before(left)
            if growth is not None and not growth.state and not (token.unit == "倍" and multiple_of(left)):
                return self._growth(token, growth, left, begin, found, clause, subject, periods)
            return self._ratio(token, near, clause, subject, periods)
        if token.unit in _POINTS:
            return self._points(token, left, near, clause, found, subject, periods)
        if not token.kind:
            return None
        return self._value(token, left, near, clause, clause_end, found, subject, periods)

    # -- growth, shares, gaps, ranks ---------------------------------------------------

    def _growth(
        self,
        token: Amount,
        growth: Growth,
        left: str,
        begin: int,
        found: list[Draft],
        clause: int,
        subject: Subject,
        periods: list[StatedPeriod],
    ) -> Draft | None:
        change = change_of(token, growth)
        if change is None:
            return None
        rest = left[: growth.start]
        behind = _JOINT.sub("", _MILESTONE.sub("", rest).replace(" ", ""), count=1)
        previous = found[-1] if found else None
        yearly = "年均" in left[growth.start :]
        if (
            not yearly
            and previous is not None
            and not behind.strip("其中,、 ()总量金额")
            and previous.number_end <= begin
        ):
            if (
                previous.period_support != "base"
                and previous.change is None
                and (previous.value is not None or previous.low is not None or previous.damaged)
                and previous.kind not in (ClaimKind.RANK, ClaimKind.DURATION)
            ):
                previous.change = change
                previous.end = token.end
                previous.numbers.append((token.number_start, token.end))
                return None
            draft = self._draft(token, ClaimKind.METRIC, previous.indicator, previous.start, subject, periods)
            draft.subject, draft.subject_support = previous.subject, previous.subject_support
            draft.period, draft.period_support = previous.period, previous.period_support
            draft.known = previous.known
            return self._only_change(draft, change)
        near_start = max(clause, begin)
        phrase = (
            left[max(0, near_start - begin) : growth.start]
            if growth.start > near_start - begin
            else rest.rsplit(",", 1)[-1]
        )
        measured = self.things.before(phrase, token)
        draft = self._claim(
            token,
            measured,
            ClaimKind.METRIC,
            clause if clause <= begin + growth.start else begin,
            subject,
            periods,
        )
        return self._only_change(draft, change)

    def _only_change(self, draft: Draft, change: Change) -> Draft:
        draft.change = change
        draft.value = draft.low = draft.high = None
        draft.unit = ""
        draft.qualifier = change.qualifier
        return draft

    def _doubled(self, start: int, end: int, periods: list[StatedPeriod]) -> list[Draft]:
        found = []
        for first, last, pct in doublings(self.text, start, end):
            begin = max(start, first - 40)
            left = self.text[begin:first]
            phrase = re.split(
                r"[,;:。、(]", re.sub(r"(?:同比|实现|连年|连续|再|将|成功|比[^,]*|较[^,]*|,)+$", "", left)
            )[-1]
            measured = self.things.before(phrase, None)
            draft = Draft(
                start=begin + left.rindex(phrase),
                end=last,
                kind=ClaimKind.METRIC,
                indicator=measured.name,
                number_start=first,
                number_end=last,
            )
            self._place(draft, self.subjects.current, measured, periods)
            draft.known = measured.known
            draft.change = Change(pct)
            draft.doubts.append(
                Text("“翻番”按增长一倍读出，可能是修辞。", "“Doubled” is read as +100 %; it may be rhetoric.")
            )
            found.append(draft)
        return found

    def _ratio(
        self, token: Amount, near: str, clause: int, subject: Subject, periods: list[StatedPeriod]
    ) -> Draft | None:
        if token.unit == "成":
            token.unit = "%"
            token.value = token.value * 10 if token.value is not None else None
            token.low = token.low * 10 if token.low is not None else None
            token.high = token.high * 10 if token.high is not None else None
        share = share_before(near)
        if share is not None:
            measured = self.things.before(share["part"], token)
            name = f"{measured.name}占{share['whole']}比重" if share["whole"] else f"{measured.name}占比"
            return self._claim(token, measured.renamed(name), ClaimKind.SHARE, clause, subject, periods)
        measured = self.things.before(near, token)
        kind = (
            ClaimKind.SHARE
            if measured.name.endswith(("占比", "份额", "占有率", "市占率", "比重"))
            else ClaimKind.METRIC
        )
        return self._claim(token, measured, kind, clause, subject, periods)

    def _points(
        self,
        token: Amount,
        left: str,
        near: str,
        clause: int,
        found: list[Draft],
        subject: Subject,
        periods: list[StatedPeriod],
    ) -> Draft:
        gap = gap_before(near)
        growth = None if gap else growth_before(left)
        previous = found[-1] if found else None
        head = near[: gap.start()] if gap else left[: growth.start].rsplit(",", 1)[-1] if growth else near
        bare = not _JOINT.sub("", head).strip("增速")
        if bare and previous is not None:
            name = previous.indicator
            measured = Measured(name, previous.known, 0)
        else:
            measured = self.things.before(head, token)
        suffix = (
            f"增速高于{gap['whole']}"
            if gap and "率" not in measured.name
            else f"高于{gap['whole']}"
            if gap
            else "变化"
        )
        draft = self._claim(
            token, measured.renamed(f"{measured.name}{suffix}"), ClaimKind.GAP, clause, subject, periods
        )
        if bare and previous is not None:
            draft.subject, draft.subject_support = previous.subject, previous.subject_support
            draft.period, draft.period_support = previous.period, previous.period_support
            draft.start = min(draft.start, token.hedge_start)
        return draft

    def _rank(
        self,
        token: Rank,
        near: str,
        clause: int,
        found: list[Draft],
        subject: Subject,
        periods: list[StatedPeriod],
    ) -> Draft:
        previous = found[-1] if found else None
        head = _JOINT.sub("", near).strip("均都并")
        follows = previous is not None and not head and clause - previous.number_end <= 2
        measured = (
            Measured(previous.indicator, previous.known, 0)
            if follows and previous
            else self.things.before(near, None)
        )
        kind = ClaimKind(token.kind)
        name = (
            f"{measured.name}{token.scope}位次"
            if kind is ClaimKind.RANK
            else f"连续{measured.name}{token.unit}数"
        )
        draft = Draft(
            start=max(clause, token.start - len(near)), end=token.end, kind=kind, indicator=name, value=token.value, unit=token.unit,
            number_start=token.number_start, number_end=token.end, scope=token.scope, known=True,
        )  # fmt: skip
        self._place(draft, subject, measured, periods)
        if follows and previous is not None:
            draft.subject, draft.subject_support = previous.subject, previous.subject_support
            draft.period, draft.period_support = previous.period, previous.period_support
            draft.start = previous.start
        return draft

    # -- values -----------------------------------------------------------------------

    def _value(
        self,
        token: Amount,
        left: str,
        near: str,
        clause: int,
        clause_end: int,
        found: list[Draft],
        subject: Subject,
        periods: list[StatedPeriod],
    ) -> Draft | None:
        previous = found[-1] if found else None
        if (
            previous is not None
            and previous.change is not None
            and previous.value is None
            and previous.low is None
            and not previous.damaged
        ):
            if (
                re.fullmatch(r"[,、]?(?:总量|总额|累计|规模|已)?(?:达到|达|至|为|到)?", left)
                and previous.kind is ClaimKind.METRIC
                and token.kind not in ("items", "bodies")
            ):
                self._fill(previous, token)
                return None
        measured = self.things.around(token, near, clause_end, subject)
        if measured is None:
            return None
        measured = self._completed(measured, token, previous)
        if measured.threshold:
            self._threshold = True
            return None
        return self._claim(token, measured, self.things.kind(measured, token), clause, subject, periods)

    def _completed(self, measured: Measured, token: Amount, previous: Draft | None) -> Measured:
        """A thing left out because the number before named it: 张店区6家、临淄区5家; 由18%升至24%."""
        if previous is None or measured.threshold:
            return measured
        body = measured.name.removesuffix("数")
        same_unit = previous.unit == token.unit
        if same_unit and not measured.known and self.things.is_body(body):
            return Measured(
                previous.indicator,
                previous.known,
                -1,
                title=previous.title,
                level=previous.level,
                subject=self.lexicon.places.get(body, body),
            )
        if not body.strip("上年去年同期提升提高增升降至到由从比") and same_unit:
            return Measured(
                previous.indicator, previous.known, -1, title=previous.title, level=previous.level
            )
        return measured

    def _fill(self, draft: Draft, token: Amount) -> None:
        draft.value, draft.low, draft.high, draft.unit = token.value, token.low, token.high, token.unit
        draft.qualifier = token.qualifier
        draft.end = token.end
        draft.numbers.append((token.number_start, token.end))

    def _claim(
        self,
        token: Amount,
        measured: Measured,
        kind: ClaimKind,
        clause: int,
        subject: Subject,
        periods: list[StatedPeriod],
    ) -> Draft:
        draft = self._draft(token, kind, measured.name, clause, subject, periods)
        draft.known = measured.known
        draft.end = max(token.end, measured.end)
        self._place(draft, subject, measured, periods)
        draft.title, draft.level = measured.title, measured.level
        draft.planned = self._is_planned(draft, clause)
        if measured.yearly and draft.unit and not draft.unit.endswith("/年"):
            draft.unit += "/年"
        return draft

    def _draft(
        self,
        token: Amount,
        kind: ClaimKind,
        indicator: str,
        start: int,
        subject: Subject,
        periods: list[StatedPeriod],
    ) -> Draft:
        return Draft(
            start=start, end=token.end, kind=kind, indicator=indicator, number_start=token.number_start, number_end=token.end,
            value=token.value, low=token.low, high=token.high, unit=token.unit, qualifier=token.qualifier, numbers=[(token.number_start, token.end)],
        )  # fmt: skip

    def _place(self, draft: Draft, subject: Subject, measured: Measured, periods: list[StatedPeriod]) -> None:
        """Give the draft its subject and its period."""
        if measured.subject:
            subject = Subject(measured.subject, "", "named")
        elif measured.thing in _PROJECT_THINGS or draft.kind is ClaimKind.PROJECT:
            subject = self._project_subject(draft, subject)
        draft.subject, draft.subject_support = subject.name, subject.support
        if (
            not draft.subject
            and measured.modifier
            and measured.thing
            and self.lexicon.product_pattern.search(measured.modifier)
        ):
            draft.subject, draft.subject_support = measured.modifier, "weak"
            self.subjects.current = Subject(measured.modifier, "name", "weak")
        draft.period, draft.period_support = self._period_for(draft, periods, self._before)

    def _project_subject(self, draft: Draft, subject: Subject) -> Subject:
        if subject.kind == "project" and subject.support in ("named", "pronoun"):
            draft.project = subject.name
            return subject
        name = self.subjects.project_before(draft.number_start, self._sentence_start)
        if name:
            draft.project = name
            return Subject(name, "project", "named" if subject.support != "none" else "weak")
        return subject

    def _is_planned(self, draft: Draft, clause: int) -> bool:
        if draft.kind is ClaimKind.PROJECT:
            return True
        return self.lexicon.planned.search(self.text, max(0, clause - 12), draft.number_start) is not None

    # -- 分别 -------------------------------------------------------------------------

    def _group(
        self,
        group: Group,
        found: list[Draft],
        clause: int,
        sentence: int,
        previous: int,
        subject: Subject,
        periods: list[StatedPeriod],
    ) -> list[Draft]:
        """A run of numbers behind 分别: paired with names in order when, and only when, the counts agree."""
        first = group.tokens[0]
        begin = max(previous, sentence)
        left = self.text[begin : first.hedge_start]
        growth = growth_before(left) if first.unit in _PERCENT_UNITS else None
        gap = gap_before(left)
        head = left[: growth.start] if growth else left[: gap.start()] if gap else left
        last_group = found[-len(group.tokens) :] if len(found) >= len(group.tokens) else []
        names = pair_names(head, self.lexicon, len(group.tokens))
        drafts: list[Draft] = []
        if (
            names is None
            and last_group
            and all(d.number_start >= sentence for d in last_group)
            and not _JOINT.sub("", head).strip("分别均")
        ):
            return self._group_on_last(group, growth, gap, last_group, clause, subject, periods)
        for index, token in enumerate(group.tokens):
            draft_kind = ClaimKind.GAP if token.unit in _POINTS else ClaimKind.METRIC
            if names is not None:
                name = names[index]
                measured = self.things.before(name.phrase, token)
                if name.subject:
                    measured = measured.of(name.subject)
                if gap:
                    measured = measured.renamed(f"{measured.name}增速高于{gap['whole']}")
            else:
                measured = self.things.before(head, token)
            if draft_kind is ClaimKind.METRIC and names is not None:
                draft_kind = self.things.kind(measured, token)
            draft = self._claim(token, measured, draft_kind, clause, subject, periods)
            draft.start, draft.end = min(clause, begin) if begin >= clause else clause, group.tokens[-1].end
            change = change_of(token, growth) if growth and not growth.state else None
            if change is not None:
                self._only_change(draft, change)
            if names is None:
                draft.doubts.append(
                    Text(
                        "“分别”前后的项数不一致，未能配对。",
                        "The names and the numbers around 分别 differ in count and were not paired.",
                    )
                )
            drafts.append(draft)
        return drafts

    def _group_on_last(
        self,
        group: Group,
        growth: Growth | None,
        gap: re.Match[str] | None,
        last: list[Draft],
        clause: int,
        subject: Subject,
        periods: list[StatedPeriod],
    ) -> list[Draft]:
        drafts = []
        for token, owner in zip(group.tokens, last, strict=True):
            change = change_of(token, growth) if growth and not growth.state else None
            if change is not None and owner.change is None:
                owner.change = change
                owner.end = group.tokens[-1].end
                owner.numbers.append((token.number_start, token.end))
                continue
            name = f"{owner.indicator}增速高于{gap['whole']}" if gap else owner.indicator
            draft = self._draft(
                token,
                ClaimKind.GAP if token.unit in _POINTS else ClaimKind.METRIC,
                name,
                clause,
                subject,
                periods,
            )
            draft.subject, draft.subject_support, draft.known = (
                owner.subject,
                owner.subject_support,
                owner.known,
            )
            draft.period, draft.period_support = owner.period, owner.period_support
            draft.end = group.tokens[-1].end
            drafts.append(self._only_change(draft, change) if change else draft)
        return drafts

    # -- periods ----------------------------------------------------------------------

    def _periods_between(self, start: int, end: int) -> list[StatedPeriod]:
        index = self._period_index
        while index < len(self.periods) and self.periods[index].start < start:
            index += 1
        found = []
        while index < len(self.periods) and self.periods[index].start < end:
            found.append(self.periods[index])
            index += 1
        self._period_index = index
        return found

    def _period_for(
        self, draft: Draft, periods: list[StatedPeriod], before: Draft | None = None
    ) -> tuple[Period | None, str]:
        best: StatedPeriod | None = None
        for stated in periods:
            if stated.start >= draft.number_start:
                break
            if stated.role == "base":
                between = self.text[stated.end : draft.number_start]
                if "同期" in self.text[stated.start : stated.end] and between in (
                    "为",
                    "的",
                    "是",
                    "仅为",
                    "的约",
                    "达",
                ):
                    whole = before.period if before and before.period else self.carried
                    return (whole.year_before() if whole else stated.period), "base"
                if stated.end >= draft.number_start - 1 and draft.change is None:
                    return stated.period, "base"
                continue
            if stated.role == "event":
                return self.event_day, "sentence"
            if (
                stated.role == "since"
                and stated.period
                and self.published
                and stated.period.end.year < self.published.end.year
            ):
                continue
            best = stated
        if best is not None:
            return best.period, "sentence"
        return self.carried, "carried" if self.carried else "none"

    def _carry(self, periods: list[StatedPeriod]) -> None:
        for stated in periods:
            if stated.period is None or stated.role in ("base", "event", "asof"):
                continue
            if stated.period.kind is PeriodKind.DAY and stated.role == "time":
                self.event_day = stated.period
                self.carried = None
            elif (
                stated.role == "since" and self.published and stated.period.end.year < self.published.end.year
            ):
                continue
            elif self.carried is None or stated.period == self.carried or not self._is_part(stated):
                self.carried = stated.period

    def _is_part(self, stated: StatedPeriod) -> bool:
        """其中二季度, 7月当月: a part told in passing, after which the text returns to the whole."""
        if self.carried is None or stated.period is None or not self.carried.contains(stated.period):
            return False
        beside = self.text[max(0, stated.start - 3) : stated.start] + self.text[stated.end : stated.end + 3]
        return (
            "其中" in beside
            or "当月" in beside
            or "单月" in beside
            or stated.period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER)
        )

    def _blanked(self, begin: int, end: int) -> str:
        """The stretch with its period expressions turned into blanks of the same length."""
        phrase = self.text[begin:end]
        for stated in self._here:
            if stated.start < end and stated.end > begin and stated.role != "base":
                first, last = max(0, stated.start - begin), min(stated.end, end) - begin
                phrase = phrase[:first] + " " * (last - first) + phrase[last:]
        return phrase
