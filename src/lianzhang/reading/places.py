"""The places of one text: which it names, which it is about, and what 全市 or 该县 stands for in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import add

from lianzhang.kernel.gazetteer import gazetteer
from lianzhang.reading.lexicon import Lexicon

#: How a place of each level ends.
ENDING_OF = {"city": "市", "county": "县", "district": "区", "town": "镇", "province": "省"}
_OPENING = 300
#: Stretch of a text over which names are counted and places looked for; longer texts are collections.
SURVEYED = 30_000
_SIGNS = re.compile(r"[市县区镇](?![场值民级政领域块城内委长])")
_BEFORE_NAME = frozenset("在到于从向由与和及至自赴省市州县区以为是让将对把来去访")
_STOP = frozenset("省市县区镇乡其在以由与和及向对从至到是的年月日讯于为了全各我该本此,。;:、!?()“”《》 \n")
_MEDIA = re.compile(
    r"日报|晚报|早报|商报|新闻|网|电视|广电|发布|融媒|政务|海关|港|宣传|讯|电\(|统计|银行|大学|学院|检察|法院|\d{1,2}月\d{1,2}日[讯电]"
)
#: 贵阳 in 贵阳轴承有限公司: the place of a firm's name, which may be far from where the firm is.
_IN_A_FIRM = re.compile("[^的和与及、,。;:!?市县区镇()“”]{1,10}?(?:有限|公司|集团(?!军)|厂(?!房))")
#: What may stand before the name of a place in a list.
_BEFORE_LISTED = frozenset(("", "、", ",", ":", "为", "和", "\n", "。"))
#: 福州115个、厦门17个: short forms that a list tallies.
_TALLIED = re.compile("(?:(?<![\u4e00-\u9fff])|(?<=其中))([\u4e00-\u9fff]{2,3}):?\\d")
NO_PLACE = re.compile(
    r"(?:^[小富老城郊山新][县市区镇乡村]|(?:[强大名全各本该我此先示百第外多两三四五六七八九十从到]|工业|农业|经济|先进)[县市区镇乡省村]"
    r"|^(?:上|城|门|超|夜|股|都|楼|入)市|^省市|^市县|^自治[区县]|省市自治区|^建成区|[社园景片灾山城库厂辖校小港矿街特地]区|功能区|试验区|^[返下城家故回入老水他同离本]乡|^农村|街道社区)$"
)
_OFFICE = re.compile(
    r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2})(?:海关|电网|供电公司|日报|统计局|融媒|电视台|发布)"
)
#: Names of real districts that are ordinary words in every other text.
_NEVER_ALONE = frozenset(("城区", "郊区", "矿区"))
_ZONE = re.compile("高新|新区|经开|开发|示范|园|功能|保税|工业")
#: 前三位的是:高唐县97.2%、茌平区95.8%: places with a number each, none of which a text is about.
_LISTED_BEFORE, _LISTED_AFTER = re.compile("[、:]"), re.compile(r"[市县区]?\d")


class Places:
    """Knows the places of one reading copy."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._surveyed = text[:SURVEYED]
        self._lexicon = lexicon
        #: Names and short forms that this text uses, to the full name.
        self.local: dict[str, str] = dict(self._found())
        self.main = self._main()

    def at(self, position: int) -> tuple[str, int]:
        """The full name of the place that stands at `position` and its length there; empty and 0 for none."""
        name = self._lexicon.place_at(self._text, position)
        best = (self._lexicon.places[name], len(name)) if name else ("", 0)
        if self._text[position : position + 2] in _heads():
            for length in (6, 5, 4, 3):
                full = self._text[position : position + length]
                if length > best[1] and full in gazetteer().full and full not in _NEVER_ALONE:
                    best = (full, length)
                    break
        for local, full in self.local.items():
            if len(local) > best[1] and self._text.startswith(local, position):
                best = (full, len(local))
        return best

    def opening(self, position: int) -> tuple[str, int]:
        """A short form that opens a clause: 江苏 of a text that speaks of it more than once; else empty and 0."""
        for length in (3, 2):
            brief = self._text[position : position + length]
            full = gazetteer().short.get(brief)
            if full is None or self._surveyed.count(brief) < 2:
                continue
            inner = self.at(position + length)
            return (inner[0], length + inner[1]) if inner[0] else (full, length)
        return "", 0

    def beside_bracket(self, position: int) -> str:
        """The place whose number stands in the bracket that opens at `position`: 苏州(595家); empty for none."""
        known = gazetteer()
        for length in (5, 4, 3, 2):
            start = position - length
            name = self._text[max(0, start) : position]
            apart = self._text[max(0, start - 1) : max(0, start)] in _BEFORE_LISTED
            if start >= 0 and apart and (name in known.full or name in known.short):
                return known.short.get(name, name)
        return ""

    def full(self, name: str) -> str:
        """The full present name of a place; other names come back as they are."""
        found = self._lexicon.places.get(name) or self.local.get(name)
        if found is None and self.main in self._lexicon.places.values():
            found = self._lexicon.zones.get(name)
        return found or name

    def full_form(self, name: str) -> str:
        """The full name of a place or short form, told in this text or not; other names come back as they are."""
        own = self.full(name)
        return own if own != name else gazetteer().short.get(name, name)

    def within(self, name: str) -> bool:
        """Whether a longer name already says which place it belongs to."""
        return any(local in name for local in self.local) or any(
            place in name for place in self._lexicon.places
        )

    def before(self, kind: str, position: int) -> str:
        """The place that 全市, 该县 … stands for at `position`; empty when the text names none of that level."""
        ending = ENDING_OF[kind]
        if self.main.endswith(ending):
            return self.main
        best, last = "", -1
        for local, full in self.local.items():
            at = self._text.rfind(local, max(0, position - SURVEYED), position)
            if full.endswith(ending) and at > last:
                best, last = full, at
        return best or self._from_office(ending)

    def _from_office(self, ending: str) -> str:
        """全市 in a text that names its city only in 明川海关 or 明川日报."""
        match = _OFFICE.search(self._text[:_OPENING]) if ending in "市县" else None
        return match[1] + ending if match is not None else ""

    def is_place(self, name: str) -> bool:
        """Whether a name that ends like a place may be one."""
        if name in _NEVER_ALONE:
            return False
        if name in self._lexicon.places or name in gazetteer().full:
            return True
        return (
            NO_PLACE.search(name) is None
            and name[0] not in "全各我该本此个多外下邻周跨半其分"
            and not (name[-1] == "区" and _ZONE.search(name))
        )

    def _found(self) -> Iterator[tuple[str, str]]:
        known = gazetteer()
        text = self._surveyed
        opening = text[:_OPENING]
        pairs = list(map(add, opening, opening[1:]))
        triples = map(add, pairs, opening[2:])
        briefs = set(chain(pairs, triples)) & known.short.keys()
        three = [name for name in (*briefs, *self._lexicon.places) if len(name) == 3]
        # Longer names first and each set in order of place, so that one text always gives one answer.
        for brief in sorted(briefs, key=lambda brief: (-len(brief), opening.find(brief))):
            if self._only_inside(brief, three):
                continue
            full = self._written_out(brief) or known.short[brief]
            told = text.count(brief) >= 2 or brief in opening[:30]
            if full in text or told and self._stands_alone(brief):
                yield brief, full
                if full in text:
                    yield full, full
        for name, full in self._lexicon.places.items():
            if name in opening:
                yield name, full
        yield from self._tallied(text)
        for name, start in self._words(text):
            inside = text[start - 1 : start] in "市县区" and start > 0
            if (
                name in known.full
                or start < 40
                or inside
                or text.count(name[:-1] if len(name) > 2 else name) >= 2
            ):
                yield name, name

    def _tallied(self, text: str) -> Iterator[tuple[str, str]]:
        """Short forms of one province that a list gives a number each; a single one may be any word."""
        known = gazetteer()
        found = {
            match[1]: known.short[match[1]] for match in _TALLIED.finditer(text) if match[1] in known.short
        }
        provinces = [known.full[full][:2] for full in found.values()]
        for brief, full in found.items():
            if provinces.count(known.full[full][:2]) >= 2:
                yield brief, full

    def _stands_alone(self, brief: str) -> bool:
        """Whether a short form once begins where a name may begin: 界首 inside 世界首台 never does."""
        short = gazetteer().short
        for at in occurrences(self._surveyed, brief):
            ahead = self._surveyed[max(0, at - 2) : at]
            if not ahead or ahead[-1] in _BEFORE_NAME or not ahead[-1].isalpha() or ahead in short:
                return True
        return False

    def _only_inside(self, brief: str, longer: Sequence[str]) -> bool:
        """Whether a short form stands only inside longer names of the text: 东昌 inside 东昌府."""
        inside = sum(self._surveyed.count(name) for name in longer if brief in name and name != brief)
        return inside > 0 and inside >= self._surveyed.count(brief)

    def _written_out(self, brief: str) -> str:
        """How this text itself ends the short form: 澄江 is 澄江区 where the text says so."""
        forms = [brief + ending for ending in "市县区镇乡" if brief + ending in self._surveyed]
        return max(forms, key=self._surveyed.count, default="")

    def _words(self, text: str) -> Iterator[tuple[str, int]]:
        """Words of two to six characters that end like a place, with where they begin."""
        known = gazetteer().full
        for match in _SIGNS.finditer(text):
            end = match.end()
            exact = next((text[end - n : end] for n in (6, 5, 4, 3, 2) if text[end - n : end] in known), None)
            if exact is not None and exact not in _NEVER_ALONE:
                yield exact, end - len(exact)
                continue
            start = end - 1
            while (
                start > 0 and end - start < 4 and text[start - 1] not in _STOP and text[start - 1].isalpha()
            ):
                start -= 1
            if end - start >= 2 and self.is_place(text[start:end]):
                yield text[start:end], start

    def _main(self) -> str:
        """The place the text is about: named in its headline, named often, and the lower of two levels."""
        headline = self._text[: max(self._text.find("\n"), 20)][:60]
        scores: dict[str, float] = {}
        for local, full in self.local.items():
            if full[-1] not in "市县区镇省":
                continue
            score = 0.0
            for at in occurrences(self._surveyed, local):
                end = at + len(local)
                if _LISTED_BEFORE.match(self._text, at - 1) and _LISTED_AFTER.match(self._text, end):
                    continue
                if not _MEDIA.match(self._text, end) and not _IN_A_FIRM.match(self._text, end):
                    score += 6 if at < len(headline) else 2 if at < 120 else 1
            lower = full[-1] in "县区镇" or gazetteer().full.get(full, "000000")[4:] != "00"
            if full[-1] == "省":
                score = score / 2 if local in headline else 0.0
            scores[full] = max(scores.get(full, 0), score + (0.5 if lower and score else 0))
        best = max(scores, key=lambda name: scores[name], default="")
        return best if best and scores[best] >= 2 else ""


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    """The first two characters of every division, without which none stands at a place."""
    return frozenset(name[:2] for name in gazetteer().full)


def occurrences(text: str, word: str) -> Iterator[int]:
    """Every place where `word` stands in `text`."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
