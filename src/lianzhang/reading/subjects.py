"""Who: the body, place, industry or project that a clause speaks about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lianzhang.reading.lexicon import Lexicon, one_of

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_COUNT_HEAD = re.compile(r"[一二两三四五六七八九十百千多数]+[批个项大家条类种件台位名]")
_PREPOSITIONS = re.compile(
    r"(?:在|以|对|从|由|通过|按照|围绕|依托|针对|随着|为了?|根据|凭借|面对|借助|基于|鉴于|除|与|和|向|因|经|用|把|将|尽管|虽然|由于|当)"
)
_SPEECH = re.compile(r"介绍|表示|指出|强调|透露|汇报|说|讲|告诉|了解到|获悉|看到|要求|认为")
#: Characters that end a name when they follow an ending such as 市 or 公司.
_AFTER = "的为是有将在已被占获以拟与和及共现正还也则仅、,。;:!?()“”《》 \n\t约超近达列居排年今去上前新累同总产全其聚创实完"
_NOT_PLACE_NEXT = "域级场值民位块间理法直政容委员托长区城内外"
_QUOTED_PROJECT = re.compile(
    r"“[^”\n]{2,48}”(?:等)?(?:项目|工程|生产线|生产基地|产业园)|[A-Za-z0-9·()\u3400-\u9fff]{2,40}?(?:项目|工程|生产线|生产基地|产业园)"
)
_PLACE_OF = {
    "city": re.compile(r"[\u3400-\u9fff]{2,4}?市(?![\u573a\u503c\u6c11\u7ea7\u653f])"),
    "county": re.compile(r"[\u3400-\u9fff]{1,3}?县"),
    "district": re.compile(r"[\u3400-\u9fff]{2,3}?区"),
    "town": re.compile(r"[\u3400-\u9fff]{2,3}?(?:镇|乡|街道)"),
    "province": re.compile(r"[\u3400-\u9fff]{2}省"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject and how well it is supported.

    `support`: `named` in the clause, `pronoun` (该公司, 全市), `weak` (an unknown name in subject
    position), `carried` from before, `title` of the document, or `none`.
    """

    name: str
    kind: str
    support: str
    end: int = -1


NOBODY = Subject("", "", "none")


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


@dataclass(frozen=True)
class _Patterns:
    endings: re.Pattern[str]
    pronouns: re.Pattern[str]
    verbs: re.Pattern[str]
    leading: re.Pattern[str]


@lru_cache(maxsize=4)
def _patterns(lexicon: Lexicon) -> _Patterns:
    verbs = [word for word in _predicate_words(lexicon) if len(word) >= 2]
    return _Patterns(
        endings=re.compile(one_of(lexicon.ending_kinds)),
        pronouns=re.compile(f"(?:{one_of(lexicon.pronouns)})(?![{_HAN}]?[局委厅办院公司])"),
        verbs=re.compile(one_of(verbs) + r"|\d|[,。;:!?\n(]"),
        leading=re.compile(
            f"(?:{one_of([v for v in verbs if v not in _NOUN_VERBS])}|[有达获占是较比共增创]|已|正|了|所|还|也|并|再|更|就|又|均|都|各|每|每年|超|近|约|约为)"
        ),
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

    def observe(self, start: int, end: int, limit: int) -> Subject:
        """The subject that the clause `start:end` names itself, noted for later clauses.

        `limit` is where the clause's measured thing or number begins.
        """
        found = self._head(start, end, limit)
        if found.support in ("named", "pronoun", "weak"):
            self.by_kind[found.kind] = found.name
            self.current = found
        return found

    def skip_openers(self, position: int, end: int) -> int:
        """The first place at or after `position` that is neither filler nor a period."""
        text, openers, ends = self._text, self._lexicon.openers, self._period_ends
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
        if begin >= limit:
            return NOBODY
        if text[begin].isascii() and text[begin].isdigit() or _COUNT_HEAD.match(text, begin):
            return NOBODY
        if self._patterns.leading.match(text, begin):
            return self._described(begin, end, limit)
        if _PREPOSITIONS.match(text, begin) and not self._lexicon.place_pattern.match(text, begin):
            return NOBODY
        pronoun = self._patterns.pronouns.match(text, begin, end)
        if pronoun:
            return self._pronoun(pronoun)
        verb = self._patterns.verbs.search(text, begin, end)
        cut = min(verb.start() if verb else end, limit)
        if text[begin] == "“":
            closing = text.find("”", begin, end)
            if closing > 0 and cut <= closing:
                verb = self._patterns.verbs.search(text, closing + 1, end)
                cut = min(verb.start() if verb else end, max(limit, closing + 1))
        if verb and _SPEECH.match(text, cut):
            return NOBODY
        named = self._by_ending(begin, cut)
        if named is not None:
            return named
        return self._by_position(begin, cut, limit)

    def _described(self, begin: int, end: int, limit: int) -> Subject:
        """A name at the end of a relative clause: 有…之乡美誉的东光县."""
        if limit < end:
            return NOBODY
        phrase = self._text[begin:end]
        if "的" not in phrase:
            return NOBODY
        start = begin + phrase.rindex("的") + 1
        named = self._by_ending(start, end)
        return (
            named
            if named is not None and named.end == end and named.kind in ("place", "park", "company")
            else NOBODY
        )

    def _pronoun(self, match: re.Match[str]) -> Subject:
        kind = self._lexicon.pronouns[match[0]]
        name = self.by_kind.get(kind, "")
        if kind in _PLACE_OF:
            name = self.place_before(kind, match.start()) or name
        elif kind == "project":
            name = self.project_before(match.start(), max(0, match.start() - 400)) or name
        elif kind == "any":
            name = self.current.name
        if not name:
            return NOBODY
        return Subject(name, "place" if kind in _PLACE_OF else kind, "pronoun", match.end())

    def place_before(self, kind: str, position: int) -> str:
        """The last province, city, county, district or town named before `position`."""
        text = self._text[max(0, position - 3000) : position]
        known = [m for m in self._lexicon.place_pattern.finditer(text)]
        for match in reversed(known):
            name = self._lexicon.places[match[0]]
            if name.endswith(
                {"city": "市", "county": "县", "district": "区", "town": "镇", "province": "省"}[kind]
            ):
                return name
        last = None
        for last in _PLACE_OF[kind].finditer(text):  # noqa: B007 - the last match is wanted
            pass
        return (
            re.sub(r"^(?:[在以为由与和及向对从至到是省市县区]|位于|地处|来自)+", "", last[0]) if last else ""
        )

    def project_before(self, position: int, floor: int) -> str:
        """The last project named in `floor:position`, as its full noun phrase."""
        best = ""
        for match in _QUOTED_PROJECT.finditer(self._text, floor, position):
            name = self.trim(match[0])
            after = self._text[match.end() : match.end() + 1]
            if (
                len(name) >= 5
                and not after.isdigit()
                and not name[0].isdigit()
                and name not in self._lexicon.pronouns
            ):
                best = name
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
            if len(match[0]) >= 2 or match.start() == last:
                last = match.end()
        return phrase[last:] if len(phrase) - last >= 3 else phrase

    def _by_ending(self, begin: int, cut: int) -> Subject | None:
        text, kinds = self._text, self._lexicon.ending_kinds
        best = -1
        kind = ""
        for match in self._patterns.endings.finditer(text, begin, cut):
            stop = match.end()
            if stop - begin < 2:
                continue
            following = text[stop : stop + 1]
            if len(match[0]) == 1 and (
                following in _NOT_PLACE_NEXT and following or stop - begin > 14 and following not in _AFTER
            ):
                continue
            best, kind = stop, kinds[match[0]]
            if following in _AFTER:
                break
        if best < 0:
            return None
        name = text[begin:best]
        if "、" in name or "等" in name[2:]:
            return None
        if "的" in name:
            name = name[name.rindex("的") + 1 :]
        if kind == "project" and (len(name) < 6 or text[best : best + 1].isdigit() or name[0].isdigit()):
            return None
        if (
            kind == "industry"
            and re.fullmatch(f"[{_HAN}]{{1,4}}", text[best:cut])
            and cut < len(text)
            and text[cut] not in "0123456789,。;("
        ):
            best, name = cut, name + text[best:cut]
        if kind == "company" and name.startswith(("产业", "企业", "项目", "市场", "产品", "技术")):
            return None
        if len(name) < 2 or self._lexicon.generic.fullmatch(name) or name in self._lexicon.pronouns:
            return None
        return Subject(self._lexicon.places.get(name, name), kind, "named", best)

    def _by_position(self, begin: int, cut: int, limit: int) -> Subject:
        text, lexicon = self._text, self._lexicon
        place = lexicon.place_pattern.match(text, begin)
        if place and place.end() <= max(cut, limit):
            return Subject(lexicon.places[place[0]], "place", "named", place.end())
        if lexicon.enterprise_pattern is not None:
            firm = lexicon.enterprise_pattern.match(text, begin)
            if firm:
                return Subject(firm[0], "company", "named", firm.end())
        name = text[begin:cut]
        following = text[cut : cut + 1]
        if not 2 <= len(name) <= 12 or following in ",。;:!?、)” \n" or following.isdigit() or cut == limit:
            return NOBODY
        if (
            name[-1] in "已正将也还均都又再更并仅就不"
            or any(sign in name for sign in "的、“”(),《》等了")
            or lexicon.generic.search(name)
            or lexicon.predicates.match(name)
        ):
            return NOBODY
        if lexicon.product_pattern.search(name) and cut not in self._period_ends and len(name) < 6:
            return NOBODY
        return Subject(name, "name", "weak", cut)
