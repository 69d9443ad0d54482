"""From sentences to drafts: every number gets its subject, its measured thing, its period and its hedge."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from itertools import islice

from lianzhang.kernel import Period
from lianzhang.reading.draft import Draft
from lianzhang.reading.drafting import Drafting
from lianzhang.reading.figures import Figures
from lianzhang.reading.grouping import Grouping
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.measured import MeasuredThings
from lianzhang.reading.pasted_tables import pasted_tables
from lianzhang.reading.periods import StatedPeriod
from lianzhang.reading.respectively import Group, value_groups
from lianzhang.reading.scene import Scene
from lianzhang.reading.sentences import clauses, sentences
from lianzhang.reading.speakers import quotations
from lianzhang.reading.statements import Statements
from lianzhang.reading.subject import NOBODY, Subject
from lianzhang.reading.subjects import SubjectFinder
from lianzhang.reading.table_figures import TableFigures
from lianzhang.reading.timeline import Timeline
from lianzhang.reading.tokens import Token, Tokens

#: How many sentences without figures are looked at before one that has some.
_RECALL = 2
#: How many clauses of a sentence without figures are asked whom it speaks of.
_LISTENED = 3
#: Support of a subject that the sentence itself brings.
_SCOPE = re.compile(r"[市县区省国]$|规上|规下|以上|全部|限上|部门|[月年期度],?$|现|成|的$|[\d]$")
_WHOLE = re.compile("全[市县区省]")
_SPOKEN = ("named", "pronoun", "weak")


class Grammar:
    """Reads one document. Build it once per text and call `drafts`."""

    def __init__(
        self, text: str, lexicon: Lexicon, periods: Sequence[StatedPeriod], published: Period | None
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._tokens = Tokens(text, lexicon, periods)
        self._timeline = Timeline(text, periods, published)
        self._subjects = SubjectFinder(text, lexicon, {p.start: p.end for p in periods})
        self._things = MeasuredThings(text, lexicon)
        drafting = Drafting(text, lexicon, self._subjects, self._things, self._timeline)
        self._figures = Figures(text, lexicon, self._things, drafting, self._timeline)
        self._grouping = Grouping(text, lexicon, self._things, drafting, self._timeline)
        self._tables = TableFigures(text, lexicon, self._things, periods, self._subjects.place_of)
        self._statements = Statements(text, lexicon, self._timeline)
        self._topic = self._subjects.main
        self._opening = True
        #: Whom a text without a main subject speaks of first, where that is a place as a whole: 全市.
        self._whole = NOBODY
        self._industries: dict[str, int] = {}
        #: Quotations still to come, each with the firm that speaks in it; the nearest one last.
        self._quoted: list[tuple[int, int, str]] = list(
            quotations(text, self._subjects.company, self._subjects.firm_in)
        )[::-1]

    def drafts(self) -> list[Draft]:
        """Every statement of the text, in order of appearance."""
        found: list[Draft] = []
        quiet: list[tuple[int, int]] = []
        first_start = -1
        tables, passed = deque(pasted_tables(self._text)), -1
        for start, end in sentences(self._text):
            if tables and end > tables[0].begin:
                place = self._subjects.main if self._subjects.main.kind == "place" else self._whole
                found.extend(self._tables.drafts(tables[0], place.name))
                passed = tables.popleft().end
            if start < passed:
                continue
            first_start = start if first_start < 0 else first_start
            tokens = self._tokens.between(start, end)
            if not tokens and not self._statements.may_state(start, end):
                quiet.append((start, end))
                continue
            headline = quiet[:1] if quiet and quiet[0][0] == first_start and len(quiet) > _RECALL else []
            for before in (*headline, *quiet[-_RECALL:]):
                self._listen(*before)
            quiet.clear()
            found.extend(self._sentence(start, end, tokens))
        return found

    def _listen(self, start: int, end: int) -> None:
        """A sentence without figures only tells whom and when the next ones may speak of."""
        self._open(start)
        self._timeline.enter(start, end, continues=not self._opening)
        named = NOBODY
        for first, last in islice(clauses(self._text, start, end), _LISTENED):
            named = self._subject(first, last, ())
            if named.support in _SPOKEN:
                break
        self._timeline.leave()
        if self._opening:
            self._keep_topic(named if named.support in _SPOKEN else self._subjects.current)

    def _sentence(self, start: int, end: int, tokens: Sequence[Token]) -> list[Draft]:
        self._open(start)
        self._timeline.enter(start, end, continues=not self._opening)
        groups = value_groups(self._text, tokens) if len(tokens) > 1 else {}
        scene = Scene(start, start, end, start, NOBODY, [])
        named = NOBODY
        last_token = tokens[-1].start if tokens else -1
        stating = self._statements.may_state(start, end)
        ahead = 0
        listed = passing = False
        for first, last in clauses(self._text, start, end):
            if first > last_token and not stating:
                break
            begin = ahead
            while ahead < len(tokens) and tokens[ahead].start < last:
                ahead += 1
            inside = [token for token in tokens[begin:ahead] if token.start >= first]
            scene.clause, scene.clause_end = first, last
            # 其中甲集团产值31亿元，乙电缆14亿元: some among those that the sentence speaks of.
            passing = passing or self._text.startswith("其中", first)
            scene.subject = self._subject(first, last, inside)
            if scene.subject.support in _SPOKEN and self._is_listed(scene.subject):
                listed = True
            elif named is NOBODY and scene.subject.support in _SPOKEN and not passing:
                named = scene.subject if not self._subjects.is_honour(scene.subject) else NOBODY
            if stating:
                self._statements.clause(first, last, scene)
            for token in inside:
                self._read(token, inside, groups, scene)
        if stating:
            scene.found.extend(self._figures.doubled(start, end, scene))
            scene.found.extend(self._statements.sentence(start, end, scene))
        self._timeline.leave()
        if (listed or passing) and named is NOBODY and self._topic is NOBODY:
            # Some of a list were told of, and nobody before them whom the text returns to.
            self._subjects.current = NOBODY
        elif self._opening and not ((listed or passing) and named is NOBODY):
            self._keep_topic(named if named is not NOBODY else self._subjects.current)
        return scene.found

    def _read(self, token: Token, inside: Sequence[Token], groups: dict[int, Group], scene: Scene) -> None:
        """Let one number open a draft, add to the one before, or pass as part of a list."""
        group = groups.get(id(token))
        if group is None:
            if _tallies(token, inside, groups):
                return
            draft = self._figures.draft(token, scene)
            if draft is not None:
                scene.found.append(draft)
            named = self._figures.threshold or draft is None and self._text[token.end : token.end + 1] == "强"
            scene.position = token.hedge_start if named else token.end
        elif token is group.tokens[0]:
            scene.found.extend(self._grouping.drafts(group, scene))
            scene.position = group.tokens[-1].end

    def _keep_topic(self, subject: Subject) -> None:
        """Let the next sentence speak of `subject`, unless it is an industry told of in passing."""
        if subject is NOBODY:
            return
        main = self._subjects.main
        if main is NOBODY and self._whole is NOBODY and _WHOLE.fullmatch(subject.name):
            self._whole = subject
        if subject.kind != "industry":
            self._topic = subject
            return
        free = main is NOBODY and self._topic.kind in ("", "industry", "name")
        again = self._industries.get(subject.name, 0) >= 2
        if free or main.kind == "industry" or main.kind == "place" and again:
            self._topic = subject

    def _is_listed(self, subject: Subject) -> bool:
        """Whether a place is one of several that figures are broken down by: 长沙市14家."""
        behind = self._text[subject.end : subject.end + 2] if subject.end > 0 else ""
        main = self._subjects.main if self._subjects.main is not NOBODY else self._whole
        if subject.kind in ("company", "place") and behind[:1].isdigit():
            # 前三位的企业分别为:甲48.2亿元、乙36.7亿元
            at = self._text.rfind(":", max(0, subject.end - 30), subject.end)
            if at >= 0 and self._text[at + 1 : subject.end].isalpha():
                return True
        listed = subject.kind == "place" and main.kind == "place" and subject.name != main.name
        return listed and behind.lstrip("有共")[:1].isdigit()

    def _note_industry(self, subject: Subject) -> None:
        """An industry of the main place that clause after clause speaks of is what the document is about."""
        count = self._industries[subject.name] = self._industries.get(subject.name, 0) + 1
        main = self._subjects.main
        if count >= 2 and main.kind == "place" and subject.name.startswith(main.name):
            self._subjects.main = self._topic = Subject(subject.name, subject.kind, "title")

    def _subject(self, first: int, last: int, inside: Sequence[Token]) -> Subject:
        """Whom the clause speaks of: itself if it says so, else whom the text spoke of before."""
        limit = inside[0].hedge_start if inside else last
        if inside:
            thing = self._lexicon.indicator_pattern.search(self._text, first, limit)
            limit = self._measured_from(thing.start(), first) if thing else limit
        before = self._subjects.current
        subject = self._subjects.observe(first, last, limit)
        self._things.floor = subject.end
        self._things.named_to = max(self._things.named_to, subject.end)
        if subject.kind == "industry" and subject.support == "named":
            self._note_industry(subject)
        if subject is NOBODY and before is not NOBODY:
            return Subject(before.name, before.kind, "carried")
        return subject

    def _measured_from(self, start: int, first: int) -> int:
        """Where the measured thing begins: 机械工业增加值 is the 增加值 of 机械工业."""
        ahead = self._text[max(first, start - 2) : start]
        own = len(ahead) == 2 and self._text.startswith("工业", start) and _SCOPE.search(ahead) is None
        return (
            start + 2
            if own and ahead.isalpha() and self._lexicon.place_at(self._text, start - 2) == ""
            else start
        )

    def _open(self, start: int) -> None:
        """After a full stop the text returns to its topic, after a line end to its main subject.

        The topic is the subject of the first part of the sentence before; a semicolon opens no
        new sentence in this sense.
        """
        before = self._text[max(0, start - 1) : start]
        self._opening = before != ";"
        if not self._opening:
            return
        if before in ("\n", " ") and self._subjects.main is not NOBODY:
            self._topic = self._subjects.main
        elif before in ("\n", " ") and self._whole is not NOBODY and self._topic.kind == "place":
            self._topic = self._whole
        if self._topic is not NOBODY:
            self._subjects.current = self._topic
        while self._quoted and self._quoted[-1][1] <= start:
            self._quoted.pop()
        if self._quoted and self._quoted[-1][0] <= start:
            firm = self._quoted[-1][2]
            speaker = Subject(firm, "company", "pronoun") if firm else self._subjects.main
            self._topic = self._subjects.current = speaker


def _tallies(token: Token, inside: Sequence[Token], groups: dict[int, Group]) -> bool:
    """Whether a number only says how long the list behind 分别 is: 甲、乙、丙三家企业分别为….

    Such a number is no figure of its own.
    """
    if not groups or token.kind not in ("bodies", "items"):
        return False
    behind = islice(inside, bisect_right(inside, token.start, key=lambda other: other.start), None)
    later = next((groups[id(other)] for other in islice(behind, _RECALL) if id(other) in groups), None)
    return later is not None and token.value == len(later.tokens)
