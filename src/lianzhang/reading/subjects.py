"""Who: the body, place, industry or project that a clause speaks about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lianzhang.reading.lexicon import Lexicon, one_of
from lianzhang.reading.names import Names
from lianzhang.reading.places import ENDING_OF
from lianzhang.reading.subject import NOBODY, Subject, is_one_project

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_COUNT_SIGNS = "一二两三四五六七八九十百千多数"
_COUNT_HEAD = re.compile(r"[一二两三四五六七八九十百千多数]+[批个项大家条类种件台位名]")
_PREPOSITIONS = re.compile(
    r"(?:据|在|以|结合|对|从|由|通过|按照|围绕|依托|针对|随着|为了?|根据|凭借|面对|借助|基于|鉴于|除|与|和|向|因|经|用|把|将|尽管|虽然|由于|当)"
)
_FIRM_IN_SCENE = re.compile(
    r"(?:在|走进|来到|位于)(?:[^,。]*?(?:的|市|县|区|镇|园区|开发区))?(?P<name>[\u3400-\u9fff()]{4,24}?(?:有限责任公司|股份有限公司|有限公司|集团公司|集团|公司))"
)
#: 位于来安县的轩景轨道: where a firm sits, in front of its name.
_SEATED = re.compile(r"(?:总部)?(?:位于|坐落于|地处|来自|设在)[^,。的]{2,14}的")
#: 全省排名第3位: the scope of a rank and not whom it is said of.
_RANKED_IN = re.compile(r"(?:排名|排|第[\d一二三四五六七八九十]|首位|前列|前茅|平均|领先|唯一|最)")
#: 市政府新闻办公室举行发布会: who held a meeting is not whom its figures speak of.
_HOLDS = re.compile("(?:联合|组织)?(?:举行|召开|举办)")
_SPEECH = re.compile(
    r"介绍|表示|指出|强调|透露|汇报|说|讲|告诉|了解到|获悉|看到|要求|认为|发布(?!会)|公布|通报"
)
_QUOTED_PROJECT = re.compile(
    r"“[^”\n]{2,48}”(?:等)?(?:项目|工程(?!有限|公司|集团|股份)|生产线(?!(?:及|和|与)[^,。;、]{0,20}项目)|生产基地(?:项目)?|产业园(?:项目)?)|[A-Za-z0-9·()\u3400-\u9fff]{2,40}?(?:项目|工程(?!有限|公司|集团|股份)|生产线(?!(?:及|和|与)[^,。;、]{0,20}项目)|生产基地(?:项目)?|产业园(?:项目)?)"
)


#: 甲项目是乙园区重点打造的支撑性项目: the second says what sort of project the first is.
_IS_ONE = re.compile("^[^,。;]*(?:是|为|作为)[^,。;]*的")
#: 项目转列统企业61户, 项目库: part of a noun and no word for a project told of before.
_SORTED = re.compile("项目[转类库进集签名清]")
#: 再贷款项目清单: what projects are listed in and none of them.
_LISTS = ("清单", "名单", "目录", "库", "计划")

#: 年产5万台轴承项目, 天一农机二期项目: what the names of works hold.
_PART_OF_A_NAME = ("年产", "一期", "二期", "三期")
#: Verbs that also open names (发展集团, 创新中心), so that they do not end the search for a subject.
_NOUN_VERBS = frozenset(
    {
        "发展",
        "创新",
        "服务",
        "建设",
        "生产",
        "投资",
        "出口",
        "进口",
        "全面",
        "规划",
        "销售",
        "研发",
        "自主",
        "提升",
        "平均",
        "总投资",
        "持续",
        "今年",
        "去年",
        "同比",
        "环比",
        "全年",
        "上半年",
        "一季度",
        "前三季度",
        "一期",
        "二期",
    }
)


#: 生产线, 保持器: a verb in front of one of these is part of a noun.
_NOUN_ENDS_OF_VERBS = frozenset("线器架仪剂业者")
#: What makes a name of such a verb: 制造业创新中心.
_NOUN_ENDS = "中心|集团|平台|基地|公司|有限|股份|研究院|实验室"


@dataclass(frozen=True)
class _Patterns:
    endings: re.Pattern[str]
    pronouns: re.Pattern[str]
    verbs: re.Pattern[str]
    leading: re.Pattern[str]
    #: First characters of the two patterns above that are tried most, so that most clauses skip them.
    leading_signs: frozenset[str]
    pronoun_signs: frozenset[str]


@lru_cache(maxsize=4)
def _patterns(lexicon: Lexicon) -> _Patterns:
    verbs = [word for word in _predicate_words(lexicon) if len(word) >= 2]
    opening = [verb for verb in verbs if verb not in _NOUN_VERBS]
    single = "有达获占是较比共增创已正了还也并再更就又均都各每超近约"
    return _Patterns(
        endings=re.compile(one_of(lexicon.ending_kinds)),
        pronouns=re.compile(f"(?:{one_of(lexicon.pronouns)})(?![{_HAN}]?(?:[局委厅办院司]|公司))"),
        verbs=re.compile(
            f"(?:{one_of(set(verbs) & _NOUN_VERBS)})(?!{_NOUN_ENDS}|者)|"
            + f"(?:{one_of(set(verbs) - _NOUN_VERBS)})(?![器架仪者])"
            + r"|获(?!得)|把|\d|[,。;:!?\n(]"
        ),
        leading=re.compile(f"(?:{one_of(opening)}|[{single}])"),
        leading_signs=frozenset(single).union(verb[0] for verb in opening),
        pronoun_signs=frozenset(word[0] for word in lexicon.pronouns),
    )


def _predicate_words(lexicon: Lexicon) -> list[str]:
    return lexicon.predicates.pattern.split("|")


class SubjectFinder:
    """Finds subjects in one reading copy and remembers whom the text has spoken of."""

    def __init__(self, text: str, lexicon: Lexicon, period_ends: dict[int, int]) -> None:
        self._text = text
        self._lexicon = lexicon
        self._patterns = _patterns(lexicon)
        self._period_ends = period_ends
        self.current = NOBODY
        self.by_kind: dict[str, str] = {}
        self._names = Names(text, lexicon, self._patterns.endings, period_ends)
        self.main = self._names.main

    def observe(self, start: int, end: int, limit: int) -> Subject:
        """The subject that the clause `start:end` names itself, noted for later clauses.

        `limit` is where the clause's measured thing or number begins.
        """
        found = self._head(start, end, limit)
        if found.support in ("named", "pronoun", "weak") and not self.is_honour(found):
            self._note(found)
        return found

    def is_honour(self, subject: Subject) -> bool:
        """A centre that was named one (某省制造业创新中心) is whom the clause speaks of, and no later one."""
        return subject.kind == "organ" and self._lexicon.title_pattern.search(subject.name) is not None

    def company(self) -> str:
        """Whom 公司 means at this point."""
        return self.by_kind.get("company", "") or self._names.first_company()

    def place_of(self, word: str, position: int) -> str:
        """The place that a name, a short form or 全市 means at `position`; empty for none."""
        kind = self._lexicon.pronouns.get(word, "")
        if kind in ENDING_OF:
            return self._names.places.before(kind, position) or word
        return self._names.places.local.get(word, "")

    def place_ahead(self, phrase: str) -> tuple[str, int]:
        """东阿县 and 2 for 东阿钢球产量; empty and 0 where no place is told first, or nothing of it."""
        length = self._names.place_ahead(phrase)
        return (self._names.places.full_form(phrase[:length]), length) if length else ("", 0)

    def firm_in(self, phrase: str) -> str:
        """The firm of which a phrase such as 宏远轴承车间 begins with the name; empty for none."""
        return self._names.firm_in(phrase)

    def _note(self, subject: Subject) -> None:
        self.by_kind[subject.kind] = subject.name
        self.current = subject
        if subject.kind == "company":
            self._names.companies[subject.name[:4]] = subject.name

    def skip_openers(self, position: int, end: int) -> int:
        """The first place at or after `position` that is neither filler nor a period."""
        text, openers, ends = self._text, self._lexicon.openers, self._period_ends
        if text[position : position + 1] == "【" and (closing := text.find("】", position, end)) > 0:
            position = closing + 1
        while position < end:
            after = ends.get(position)
            if after is None:
                match = openers.match(text, position, end)
                if match is None or match.end() == position:
                    break
                after = match.end()
            position = after
        return min(position, end)

    def _head(self, start: int, end: int, limit: int) -> Subject:
        text = self._text
        begin = self.skip_openers(start, end)
        if begin >= limit and text[start - 1 : start] == "(":
            place = self._names.places.beside_bracket(start - 1)
            return Subject(place, "place", "named") if place else NOBODY
        if begin >= limit:
            return NOBODY
        first = text[begin]
        if first in "0123456789" or first in _COUNT_SIGNS and _COUNT_HEAD.match(text, begin):
            return NOBODY
        seated = _SEATED.match(text, begin, end) if first in "总位坐地来设" else None
        if seated:
            begin = seated.end()
            first = text[begin : begin + 1]
        if first in self._patterns.leading_signs and self._patterns.leading.match(text, begin):
            return self._described(begin, end, limit)
        if _PREPOSITIONS.match(text, begin) and not self._names.places.at(begin)[1]:
            return self._scene(begin, end) if limit >= end else NOBODY
        pronoun = (
            self._patterns.pronouns.match(text, begin, end) if first in self._patterns.pronoun_signs else None
        )
        if pronoun and not _SORTED.match(text, pronoun.start()):
            return self._with_industry(self._pronoun(pronoun), end, limit)
        verb = self._patterns.verbs.search(text, begin, end)
        cut = min(verb.start() if verb else end, limit)
        if text[begin] == "“":
            closing = text.find("”", begin, end)
            if closing > 0 and cut <= closing:
                verb = self._patterns.verbs.search(text, closing + 1, end)
                cut = min(verb.start() if verb else end, max(limit, closing + 1))
        if verb and _SPEECH.match(text, cut):
            speaker = self._names.by_ending(begin, cut)
            return speaker if speaker is not None and speaker.kind == "company" else NOBODY
        named = self._names.by_ending(begin, cut, limit)
        if named is not None and named.kind == "organ" and verb and _HOLDS.match(text, cut):
            return NOBODY
        if named is not None:
            return NOBODY if self._is_listed(named, end, limit) else named
        return self._names.by_position(begin, cut, limit)

    def _is_listed(self, named: Subject, end: int, limit: int) -> bool:
        """Whether a clause is a facility's name and nothing more: one item of a list told with commas."""
        alone = named.end == end and limit >= end and self._text[end : end + 1] == ","
        return alone and named.kind in ("organ", "park", "project")

    def _scene(self, begin: int, end: int) -> Subject:
        """The firm in whose workshop a report opens: 在某有限公司车间."""
        match = _FIRM_IN_SCENE.search(self._text, begin, end)
        if match is None:
            return NOBODY
        return Subject(match["name"].rsplit("的", 1)[-1], "company", "weak", match.end())

    def _described(self, begin: int, end: int, limit: int) -> Subject:
        """A name at the end of a relative clause: 有…之乡美誉的东光县."""
        if limit < end:
            return NOBODY
        phrase = self._text[begin:end]
        if "的" not in phrase or phrase.startswith(("是", "成为", "系")):
            return NOBODY
        start = begin + phrase.rindex("的") + 1
        named = self._names.by_ending(start, end)
        return (
            named
            if named is not None and named.end == end and named.kind in ("place", "park", "company")
            else NOBODY
        )

    def _with_industry(self, place: Subject, end: int, limit: int) -> Subject:
        """全市装备制造产业: the industry of the place, where one follows the word for the place."""
        if place.kind != "place" or place.end < 0 or place.end >= limit:
            return place
        verb = self._patterns.verbs.search(self._text, place.end, end)
        found = self._names.by_ending(place.end, min(verb.start() if verb else end, limit), limit)
        if found is None or found.kind != "industry":
            return place
        own = found.name.removeprefix(self._names.places.main)
        return Subject(place.name + own, "industry", "named", found.end)

    def _pronoun(self, match: re.Match[str]) -> Subject:
        kind = self._lexicon.pronouns[match[0]]
        if kind == "country":
            return Subject(match[0], "place", "named", match.end())
        name = self.by_kind.get(kind, "")
        if kind in ENDING_OF and _RANKED_IN.match(self._text, match.end()):
            return NOBODY
        if kind in ENDING_OF:
            name = self._names.places.before(kind, match.start()) or name
        elif kind == "project":
            reach = 400 if match[0][0] in "该本此" else 120
            floor = max(0, match.start() - reach)
            called = self.project_before(match.start(), floor, ("项目", "工程", "”"))
            name = called or name or self.project_before(match.start(), floor)
        elif kind == "any":
            name = self.current.name
        if not name and kind == "company":
            name = self._names.first_company()
        if not name and kind == "district":
            name = self.by_kind.get("park", "")
        if not name and kind in ENDING_OF:
            return Subject(match[0], "place", "weak", match.end())
        if not name:
            return NOBODY
        return Subject(name, "place" if kind in ENDING_OF else kind, "pronoun", match.end())

    def project_before(self, position: int, floor: int, endings: tuple[str, ...] = ("",)) -> str:
        """The last project named in `floor:position`, as its full noun phrase.

        `endings` keep to those called one: what 项目 means is no park it settles in and no line it consists of.
        """
        best, last = "", floor
        for match in _QUOTED_PROJECT.finditer(self._text, floor, position):
            ahead, last = self._text[last : match.end()], match.end()
            if best and _IS_ONE.search(ahead):
                continue
            name = self.trim(match[0])
            if not name.endswith(endings) or self._text.startswith(_LISTS, match.end()):
                continue
            counted = self._text[match.end() : match.end() + 1].isdigit()
            own = not counted and name not in self._lexicon.pronouns and is_one_project(name)
            best = name if own else ""
        return best

    def trim(self, phrase: str) -> str:
        """A noun phrase without the verbs, particles and conjunctions in front of it."""
        if phrase.startswith("“"):
            return phrase
        for sign in ("的", "、"):
            if sign in phrase:
                tail = phrase.rsplit(sign, 1)[1]
                phrase = tail if len(tail) >= 4 else phrase
        last = 0
        for match in self._lexicon.predicates.finditer(phrase[:-2]):
            noun = phrase[match.end() : match.end() + 1] in _NOUN_ENDS_OF_VERBS
            if match[0] not in _PART_OF_A_NAME and not noun and (len(match[0]) >= 2 or match.start() == last):
                last = match.end()
        return phrase[last:]
