"""Whether a stretch of text is the name of somebody: by its ending, or by where it stands."""

from __future__ import annotations

import re
from functools import lru_cache

from lianzhang.kernel.gazetteer import gazetteer
from lianzhang.kernel.industry import industries
from lianzhang.reading import name_patterns as patterns
from lianzhang.reading.lexicon import Lexicon
from lianzhang.reading.places import SURVEYED, Places, occurrences
from lianzhang.reading.subject import NOBODY, Subject, is_one_project


@lru_cache(maxsize=1)
def _divisions() -> re.Pattern[str]:
    """The names of the divisions of GB/T 4754-2017, which no ending tells."""
    names = [name for code, name in industries().names.items() if len(code) == 2 and code.isdigit()]
    return re.compile(
        "|".join(
            sorted((name for name in names if len(name) >= 3 and name.endswith("业")), key=len, reverse=True)
        )
    )


class Names:
    """Recognises names in one reading copy."""

    def __init__(
        self, text: str, lexicon: Lexicon, endings: re.Pattern[str], period_ends: dict[int, int]
    ) -> None:
        self._text = text
        self._lexicon = lexicon
        self._endings = endings
        self._period_ends = period_ends
        self._period_starts = frozenset(period_ends)
        self._counts: dict[str, int] = {}
        self._actors: dict[str, bool] = {}
        #: Firms named so far, by the first four characters of the name.
        self.companies: dict[str, str] = {}
        for match in patterns.SHORTENED.finditer(text) if "简称" in text else ():
            self.companies[match["short"][:4]] = match["short"]
        self.places = Places(text, lexicon)
        self.main = self._main_subject()

    def _main_subject(self) -> Subject:
        """Whom the document is about: the body its first line names, else the place named most in its opening."""
        begin = self._text.find("】") + 1 if self._text.startswith("【") else 0
        begin = self._period_ends.get(begin, begin)
        notice = patterns.NOTICE.match(self._text)
        if notice is not None:
            return Subject(notice["firm"], "company", "title")
        stop = patterns.PAUSE.search(self._text, begin)
        headline = self.by_ending(begin, min(stop.start() if stop else len(self._text), begin + 24))
        if headline is not None and self._text[begin] in "经据按由在从对随":
            headline = None
        if (
            headline is not None
            and headline.kind in ("park", "organ", "company")
            and not patterns.REPORTS.search(headline.name)
            and self._often(headline.name) >= 2
        ):
            return Subject(headline.name, headline.kind, "title")
        own = patterns.FULL_FIRM.match(self._text, begin)
        if own is not None and patterns.ITSELF.search(self._text):
            return Subject(own[0], "company", "title")
        firm = self._firm_in_headline()
        if firm:
            return Subject(firm, "company", "title")
        if self.places.main:
            return Subject(self.places.main, "place", "title")
        if headline is not None and headline.kind in ("park", "organ", "company"):
            return Subject(headline.name, headline.kind, "title")
        return NOBODY

    def _firm_in_headline(self) -> str:
        """A firm that the first line names and the text keeps naming."""
        headline = self._text[:60].split("\n", 1)[0]
        for match in self._lexicon.firm_name.finditer(headline):
            name = match[0]
            if name[:2] not in self._lexicon.product_qualifiers and self._often(name) >= 3:
                return name
        return ""

    def first_company(self) -> str:
        """The first firm the text names: whom 公司 means when nobody was named as a subject before."""
        if self.main.kind == "company":
            return self.main.name
        for match in patterns.ANY_COMPANY.finditer(self._text):
            name = self._without_verb(match[0].rsplit("的", 1)[-1])
            if not patterns.MONEY_WORDS.search(match[0]) and len(name) >= 4 and not patterns.SOME.match(name):
                return name
        for candidate in self._lexicon.firm_name.finditer(self._text[:300]):
            if self._often(candidate[0]) >= 2 or candidate.start() == 0:
                return candidate[0]
        return ""

    def firm_in(self, phrase: str) -> str:
        """The firm whose name opens `phrase`: 宏川电缆, of 宏川电缆财务."""
        own = phrase[self.place_ahead(phrase) :]
        match = self._lexicon.firm_name.match(own)
        if match is None or self._often(match[0]) < 2 and match.end() < len(own):
            return ""
        return phrase[: len(phrase) - len(own) + match.end()]

    def _without_verb(self, name: str) -> str:
        """走进甲海股份 is 甲海股份, 记者日前来到甲海股份 too."""
        name = patterns.CAME_TO.sub("", name).lstrip("在从由")
        verb = self._lexicon.predicates.match(name)
        return name[verb.end() :] if verb is not None and len(name) - verb.end() >= 4 else name

    def by_ending(self, begin: int, cut: int, limit: int = -1) -> Subject | None:
        """A name at `begin` that ends like the name of a body, place, industry or project before `cut`."""
        for stop, kind in reversed(self._candidates(begin, cut)):
            found = self._named(begin, stop, kind, cut, limit)
            if found is not None:
                return found
        return self._division(begin, cut)

    def _division(self, begin: int, cut: int) -> Subject | None:
        """A division of the standard by its full name (电气机械和器材制造业), of the place that the text is about."""
        match = _divisions().match(self._text, begin, cut)
        if match is None or self._text[match.end() : match.end() + 1] in ("、", "和", "企", "等"):
            return None
        return Subject(self.places.main + match[0], "industry", "named", match.end())

    def _named(self, begin: int, stop: int, kind: str, cut: int, limit: int) -> Subject | None:
        text = self._text
        name = text[begin:stop]
        listed = "、" in name and not (kind == "industry" and stop == limit and self._is_told_alone(stop))
        if listed or "等" in name or "记者" in name or name[0] in "”)" or patterns.MONEY_WORDS.search(name):
            return None
        if "的" in name:
            name = name[name.rindex("的") + 1 :]
        if kind in ("company", "trade"):
            name = patterns.CAME_TO.sub("", patterns.DESCRIBED.sub("", name))
        if kind == "company" and (by := patterns.BUILT_BY.match(name)):
            return Subject(by["work"], "project", "named", begin + by.end("work"))
        if self._is_no_name(name, kind, stop, limit):
            return None
        if text[stop : stop + 1] in ("、", "等") or not self._fits(name, kind, stop):
            return None
        if text[stop : stop + 1] == "”" and (
            text[stop + 1 : stop + 2] == "等" or text[stop + 1 : stop + 2].isdigit()
        ):
            return None
        rest = text[stop:cut]
        open_end = cut < len(text) and text[cut] not in "0123456789,。;("
        if kind == "industry" and "、" in rest and rest[0] != "、":
            return None
        goes_on = not patterns.MEETING.match(text, stop)
        goes_on = (
            goes_on
            and kind == "industry"
            and 1 <= len(rest) <= 4
            and rest.isalpha()
            and open_end
            and cut != limit
        )
        if goes_on and not rest.startswith("年均") and self._lexicon.generic.search(rest) is None:
            own = rest.rstrip(patterns.ADVERBS)
            stop, name = stop + len(own), name + own
        if len(name) < 2 or self._lexicon.generic.fullmatch(name) or name in self._lexicon.pronouns:
            return None
        if patterns.NO_NAME.search(name[:4]) and not (kind == "company" and "某" in name[:4]):
            return None
        if kind == "project" and self._lexicon.planned.match(name) and name[0] != "“":
            return None
        if (
            kind == "industry"
            and self.places.main
            and not patterns.HAS_PLACE.search(name)
            and not self.places.within(name)
            and not name.startswith(patterns.WIDER)
        ):
            name = self.places.main + name
        return Subject(self.places.full(name), "company" if kind == "trade" else kind, "named", stop)

    def _is_no_name(self, name: str, kind: str, stop: int, limit: int) -> bool:
        """Whether words that end like a name are something else, by what they are."""
        if kind == "organ" and name[0].isdigit() or name.startswith(("集团", "公司")) and len(name) > 2:
            return True
        if kind == "industry" and patterns.BANK.search(name):
            return True  # 某某银行制造业贷款余额: what a bank lends to, and nothing else
        if kind == "industry" and (
            patterns.SCOPED.match(name)
            or patterns.PAIRED.match(self._text, stop)
            or patterns.MINISTRY.match(self._text, stop)
        ):
            return True
        if kind not in ("place", "park") and patterns.LEVELLED.match(name):
            return True
        if name.startswith("“") and "”" not in name or patterns.SETTLED.search(name):
            return True
        if kind != "project" and "是" in name[1:-1]:
            return True
        unknown = kind == "trade" and stop == limit and name[:4] not in self.companies
        return unknown and not self._is_firm_name(name)

    def _is_told_alone(self, stop: int) -> bool:
        """纺织服装、服饰业增加值增长16%: a pause inside the name of one industry, for nothing is told respectively."""
        ends = [at for sign in ",。;" if (at := self._text.find(sign, stop)) >= 0]
        return "分别" not in self._text[stop : min(ends, default=stop + 40)]

    def by_position(self, begin: int, cut: int, limit: int) -> Subject:
        """A place or firm of the pack at `begin`, or an unknown name standing where a subject stands."""
        text = self._text
        firm_name = self.companies.get(text[begin : begin + 4])
        if firm_name is not None:
            return Subject(firm_name, "company", "named", begin + 4)
        place, length = self.places.at(begin)
        if not place:
            place, length = self.places.opening(begin)
        if place and text[begin + length : begin + length + 1] == "、":
            return NOBODY
        if place and begin + length <= max(cut, limit):
            return Subject(place, "place", "named", begin + length)
        name = text[begin:cut]
        following = text[cut : cut + 1]
        if not 2 <= len(name) <= 12 or following in ",。;:!?、)” \n" or following.isdigit():
            return NOBODY
        if cut == limit and (patterns.FIRM_ACTS.match(text, cut) is None or len(name) != 4):
            return NOBODY
        if cut == limit and patterns.SELLS.match(text, cut) and not self._has_full_form(name[:2]):
            return NOBODY
        return Subject(name, "name", "weak", cut) if self._could_be_a_firm(name, begin, cut) else NOBODY

    def _candidates(self, begin: int, cut: int) -> list[tuple[int, str]]:
        """Where names starting at `begin` may end, and as what, up to the first certain end."""
        text, kinds = self._text, self._lexicon.ending_kinds
        found: list[tuple[int, str]] = []
        match = self._endings.search(text, begin, cut)
        while match is not None:
            # Endings overlap: 精机 ends inside 奇精机械.
            stop, here = match.end(), match
            match = self._endings.search(text, match.start() + 1, cut)
            if found and found[-1][0] == stop:
                continue
            following = text[stop : stop + 1]
            single = len(here[0]) == 1
            if (
                stop - begin < 2
                or single
                and following
                and following in patterns.NOT_PLACE_NEXT
                and not patterns.PRIVATE.match(text, stop)
            ):
                continue
            if single and stop - begin > 14 and following not in patterns.AFTER:
                continue
            found.append((stop, kinds[here[0]]))
            if following in patterns.AFTER and text[stop : stop + 2] != "有限":
                break
        return found

    def _is_firm_name(self, name: str) -> bool:
        """Whether 某某轴承 names a firm and no product: two characters that are no common word, or a firm's acts.

        A place in front is left out: 冠县肯石重工机械 is looked at as 肯石重工.
        """
        if self._is_trade_of_a_place(name):
            return self._acts_like_a_firm(name)
        own = name[self.place_ahead(name) :]
        first, trade = own[:2], own[2:4]
        known_trade = self._lexicon.ending_kinds.get(trade) == "trade" or len(own) == 4
        return len(own) >= 4 and known_trade and not self._is_common(first) or self._acts_like_a_firm(name)

    def _is_common(self, word: str) -> bool:
        """Whether a word in front of a trade (风电轴承, 展出机床) makes it a product and no firm."""
        lexicon = self._lexicon
        return (
            word in lexicon.product_qualifiers
            or lexicon.ending_kinds.get(word) == "trade"
            or lexicon.generic.search(word) is not None
            or lexicon.predicates.fullmatch(word) is not None
        )

    def _is_trade_of_a_place(self, name: str) -> bool:
        """Whether a name is a place and a trade and nothing else (重庆机电, 聊城市新能源): what is made there."""
        known, trades, generic = gazetteer(), self._lexicon.ending_kinds, self._lexicon.generic
        return any(
            (name[length:] in trades or generic.fullmatch(name, length))
            and (place in self.places.local or place in known.short or place in known.full)
            for length in (2, 3, 4)
            if (place := name[:length])
        )

    def place_ahead(self, name: str) -> int:
        """How many characters at the front of `name` name a place, where four or more are left behind it."""
        for length in (4, 3, 2):
            place = name[:length]
            if len(name) - length >= 4 and (
                place in self.places.local
                or place in self._lexicon.places
                or place in self._lexicon.zones
                or place in gazetteer().short
                or place in gazetteer().full
            ):
                return length
        return 0

    def _often(self, name: str) -> int:
        """How often the text names somebody, over its first stretch."""
        count = self._counts.get(name)
        if count is None:
            count = self._counts[name] = self._text.count(name, 0, SURVEYED)
        return count

    def _acts_like_a_firm(self, name: str) -> bool:
        """Whether the text elsewhere lets this name do what only a firm does, so that 某某轴承 is no product."""
        acts = self._actors.get(name)
        if acts is None:
            places = occurrences(self._text[:SURVEYED], name)
            acts = self._actors[name] = any(
                patterns.FIRM_TAIL.match(self._text, at + len(name)) for at in places
            )
        return acts

    def _fits(self, name: str, kind: str, stop: int) -> bool:
        if kind == "industry" and name.startswith(("产业", "行业")):
            return False
        if kind == "project":
            return is_one_project(name) and not self._text[stop : stop + 1].isdigit()
        if kind == "trade":
            if patterns.MAKERS.match(self._text, stop) and not self._acts_like_a_firm(name):
                return False
            if self._is_trade_of_a_place(name) and not self._acts_like_a_firm(name):
                return False
            known = self._is_firm_name(name) or (
                not self._is_common(name[:2])
                and (
                    self._often(name) >= 2
                    or stop in self._period_starts
                    or patterns.FIRM_VERBS.match(self._text, stop) is not None
                )
            )
            return (
                len(name) >= 4
                and known
                and not name.startswith(("产业", "企业", "项目", "市场", "产品", "技术", "上市"))
            )
        if kind == "organ":
            person = patterns.PERSON.match(self._text, stop)
            held = self._lexicon.title_pattern.search(name) is not None and not (
                len(name) >= 8 and re.match(self._lexicon.awarding, self._text[stop : stop + 8])
            )
            return len(name) >= 3 and patterns.NO_ORGAN.search(name) is None and person is None and not held
        if kind == "company":
            fund = name.endswith("股份") and (len(name) < 4 or self._text.startswith(("制", "合作"), stop))
            return not fund and not name.startswith(("产业", "企业", "项目", "市场", "产品", "上市"))
        if kind == "place":
            long = len(name) > 5 and not self.places.within(name)
            return not long and not patterns.SENTENCE_WORDS.search(name) and self.places.is_place(name)
        return True

    def _could_be_a_firm(self, name: str, begin: int, cut: int) -> bool:
        lexicon = self._lexicon
        if name[-1] in "已正将也还均都又再更并仅就不" or any(sign in name for sign in "的、“”(),《》等了"):
            return False
        if (
            lexicon.generic.search(name)
            or name.startswith(patterns.NO_FIRM)
            or lexicon.predicates.match(name)
            or patterns.NO_NAME.search(name)
            or not self.places.is_place(name)
            and name[-1] in patterns.PLACE_SIGNS
        ):
            return False
        followed_by_time = cut in self._period_ends
        if not followed_by_time and not patterns.FIRM_VERBS.match(self._text, cut):
            return False
        if self._text[max(0, begin - 3) : begin].endswith(("子公司", "企业", "旗下")):
            return True
        product = lexicon.product_pattern.search(name) is not None
        if len(name) > 5:
            return product or lexicon.ending_pattern.search(name) is not None
        if name[:2] in gazetteer().short and len(name) >= 4 and not product:
            return True
        if len(name) == 2 and not self._has_full_form(name):
            return False
        return followed_by_time or not product and self._often(name) >= 2

    def _has_full_form(self, name: str) -> bool:
        """Whether the text writes a two-character name out as a firm's somewhere: 宇捷 in 宇捷轴承."""
        for at in occurrences(self._text[:SURVEYED], name):
            behind = self._text[at + 2 : at + 12]
            if patterns.FULL_FORM.match(behind) or self._lexicon.ending_kinds.get(behind[:2]) == "trade":
                return True
        return False
