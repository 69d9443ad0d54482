"""Whether a stretch of text is the name of somebody: by its ending, or by where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lianzhang.reading.lexicon import Lexicon

#: Characters that end a name when they follow an ending such as 市 or 公司.
_AFTER = "的为是有将在已被获以拟与和及则仅、,。;:!?()“”《》 \n\t约超近"
_NOT_PLACE_NEXT = "域级场值民位块间理法直政容委员托长区城内外"
_NO_PLACE = re.compile(
    r"(?:^[小富老城郊山新][县市区镇乡村]|(?:[强大名全各本该我此先示百第外多两三四五六七八九十从到]|工业|农业|经济|先进)[县市区镇乡省村]"
    r"|^(?:上|城|门|超|夜|股|都|楼|入)市|[社园景片灾山城库厂辖校小港矿街特地]区|功能区|试验区|^农村|街道社区)$"
)
_NO_NAME = re.compile(
    r"[我们你他她这那抓稳凝推促聚抢每某何如若能会要应可让使令给看做很最更较越被着过吗呢吧啊]|力$|^市领导|^记者|^领导|^首期|^[一二三]期|^总投|^查|^免|^抽"
)
#: What a firm does: a name of unknown build in front of one of these is taken for a firm.
_FIRM_VERBS = re.compile(
    r"聚焦|瞄准|启动|投资|自主|研发|获评|获批|获|入选|荣获|签订|签约|出口|生产|年产|中标|斩获|成立|增加|拥有|位于|坐落|专注|主营|从事|计划|实现|完成|建设|建成|新上|购置|预计|拟|上榜|推出|创建|成为|是|现有|始建|成功|产品|与|共|累计|增资|发布|攻克|坚持|依托|围绕|通过|投入|引进|购进|改造|升级|交付|占|主打|深耕|凭借|制造|供应|承担|参与|牵头|每年|年"
)
_HAS_PLACE = re.compile(r"[\u3400-\u9fff]{2,}[省市县区镇乡]")
_NO_ORGAN = re.compile(r"[举主承查创开兴帮代督交协申]办$|[受转寄]委$")
_FIRM_ACTS = re.compile(r"投资|出口|投入|计划投资|销售|生产")
_FIRM_TAIL = re.compile(
    r"等(?:企业|公司|龙头)|[,、]?(?:聚焦|瞄准|投资|研发|入选|获|签|中标|成立|增加|位于|专注|主营|从事|实现|发布|公告|晚间|总经理|董事长|负责人)"
)
_ZONE = re.compile("高新|经开|开发|示范|园|功能|保税|工业")
_MEDIA = re.compile(r"日报|晚报|新闻|网|电视台|发布|融媒|政务|海关|港")
_MONEY_WORDS = re.compile(r"资金|回购|持有|发行|募集|认购")
_ANY_COMPANY = re.compile(
    r"[\u3400-\u9fff()]{2,20}(?:有限责任公司|股份有限公司|有限公司|集团)|[\u3400-\u9fff]{2,6}股份(?!有限)"
)
_TRADE_NAME = re.compile(
    r"(?<![\u3400-\u9fff])[\u3400-\u9fff]{2}(?:重工|科技|股份|精工|轴承|机械|电气|汽车|装备|材料|电缆|传动|激光|智能|钢球|化工|药业)"
)
#: How a place of each level ends.
PLACE_OF = {"city": "市", "county": "县", "district": "区", "town": "镇", "province": "省"}
_PLACE_SIGNS = re.compile(r"[市县区镇](?![场值民级政领域块城内委长])")
_PLACE_STOP = frozenset("省市县区镇乡其在以由与和及向对从至到是的年月日讯于为了全各我该本此,。;:、!?()“”《》 \n")


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject and how well it is supported.

    `support`: `named` in the clause, `pronoun` (该公司, 全市), `weak` (an unknown name in subject
    position), `carried` from before, `title` (whom the document is about), or `none`.
    """

    name: str
    kind: str
    support: str
    end: int = -1


NOBODY = Subject("", "", "none")


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
        #: Firms named so far, by the first four characters of the name.
        self.companies: dict[str, str] = {}
        self.main_place = ""
        self.main = self._main_subject()
        self.main_place = self.main.name if self.main.kind == "place" else ""

    def _main_subject(self) -> Subject:
        """Whom the document is about: the body its first line names, else the place named most in its opening."""
        first_line = len(self._text.split("\n", 1)[0])
        begin = self._text.find("】") + 1 if self._text.startswith("【") else 0
        headline = self.by_ending(begin, min(max(first_line, begin), begin + 24))
        if headline is not None and headline.kind in ("park", "organ", "company") and self._text.count(headline.name) >= 2:
            return Subject(headline.name, headline.kind, "title")
        opening = self._text[:600]
        counts: dict[str, int] = {}
        for match in self._lexicon.place_pattern.finditer(opening):
            name = self._lexicon.places[match[0]]
            if name[-1] in "市县区镇" and not _MEDIA.match(opening, match.end()):
                counts[name] = counts.get(name, 0) + (3 if match.start() < 60 else 1)
        for name, start in self._places_in(opening):
            if name not in counts and not _NO_NAME.search(name):
                often = self._text.count(name[:-1] if len(name) > 2 else name)
                if often >= 2 or start < 40:
                    counts[name] = often + (3 if start < 60 else 0)
        if counts:
            return Subject(max(counts, key=lambda name: counts[name]), "place", "title")
        if headline is not None and headline.kind in ("park", "organ", "company"):
            return Subject(headline.name, headline.kind, "title")
        return NOBODY

    def place_before(self, kind: str, position: int) -> str:
        """The last province, city, county, district or town named before `position`."""
        if self.main_place.endswith(PLACE_OF[kind]):
            return self.main_place
        text = self._text[max(0, position - 3000) : position]
        for match in reversed(list(self._lexicon.place_pattern.finditer(text))):
            name = self._lexicon.places[match[0]]
            if name.endswith(PLACE_OF[kind]):
                return name
        counts: dict[str, int] = {}
        for name, _ in self._places_in(text):
            if name.endswith(PLACE_OF[kind]):
                counts[name] = counts.get(name, 0) + 1
        return max(counts, key=lambda name: counts[name]) if counts else ""

    def _places_in(self, text: str) -> Iterator[tuple[str, int]]:
        """Words of two to four characters that end like a place, with where they begin."""
        for match in _PLACE_SIGNS.finditer(text):
            start = match.start()
            while start > 0 and match.start() - start < 3 and text[start - 1] not in _PLACE_STOP and text[start - 1].isalpha():
                start -= 1
            name = text[start : match.end()]
            if len(name) >= 2 and self._is_place(name):
                yield name, start

    def first_company(self) -> str:
        """The first firm the text names: whom 公司 means when nobody was named as a subject before."""
        opening = self.by_ending(0, min(24, len(self._text)))
        if opening is not None and opening.kind == "company":
            return opening.name
        for match in _ANY_COMPANY.finditer(self._text):
            if not _MONEY_WORDS.search(match[0]):
                return match[0]
        for candidate in _TRADE_NAME.finditer(self._text[:300]):
            if self._text.count(candidate[0]) >= 2 or candidate.start() == 0:
                return candidate[0]
        return ""

    def by_ending(self, begin: int, cut: int, limit: int = -1) -> Subject | None:
        """A name at `begin` that ends like the name of a body, place, industry or project before `cut`."""
        for stop, kind in reversed(self._candidates(begin, cut)):
            found = self._named(begin, stop, kind, cut, limit)
            if found is not None:
                return found
        return None

    def _named(self, begin: int, stop: int, kind: str, cut: int, limit: int) -> Subject | None:
        text = self._text
        name = text[begin:stop]
        if "、" in name or "等" in name[2:] or name[0] in "”)" or _MONEY_WORDS.search(name):
            return None
        if "的" in name:
            name = name[name.rindex("的") + 1 :]
        if kind == "trade" and stop == limit and name[:4] not in self.companies and not self._is_firm_name(name):
            return None
        if not self._fits(name, kind, stop):
            return None
        rest = text[stop:cut]
        open_end = cut < len(text) and text[cut] not in "0123456789,。;("
        if kind == "industry" and 1 <= len(rest) <= 4 and rest.isalpha() and open_end:
            if self._lexicon.generic.search(rest) is None:
                stop, name = cut, name + rest
        if len(name) < 2 or self._lexicon.generic.fullmatch(name) or name in self._lexicon.pronouns:
            return None
        if _NO_NAME.search(name[:4]):
            return None
        if kind == "industry" and self.main_place and not _HAS_PLACE.search(name) and not self._lexicon.place_pattern.search(name):
            name = self.main_place + name
        return Subject(self._lexicon.places.get(name, name), "company" if kind == "trade" else kind, "named", stop)

    def by_position(self, begin: int, cut: int, limit: int) -> Subject:
        """A place or firm of the pack at `begin`, or an unknown name standing where a subject stands."""
        text, lexicon = self._text, self._lexicon
        firm_name = self.companies.get(text[begin : begin + 4])
        if firm_name is not None:
            return Subject(firm_name, "company", "named", begin + 4)
        place = lexicon.place_at(text, begin)
        if place and begin + len(place) <= max(cut, limit):
            return Subject(lexicon.places[place], "place", "named", begin + len(place))
        name = text[begin:cut]
        following = text[cut : cut + 1]
        if not 2 <= len(name) <= 12 or following in ",。;:!?、)” \n" or following.isdigit():
            return NOBODY
        if cut == limit and (_FIRM_ACTS.match(text, cut) is None or len(name) != 4):
            return NOBODY
        return Subject(name, "name", "weak", cut) if self._could_be_a_firm(name, begin, cut) else NOBODY

    def _candidates(self, begin: int, cut: int) -> list[tuple[int, str]]:
        """Where names starting at `begin` may end, and as what, up to the first certain end."""
        text, kinds = self._text, self._lexicon.ending_kinds
        found = []
        for match in self._endings.finditer(text, begin, cut):
            stop = match.end()
            following = text[stop : stop + 1]
            single = len(match[0]) == 1
            if stop - begin < 2 or single and following and following in _NOT_PLACE_NEXT:
                continue
            if single and stop - begin > 14 and following not in _AFTER:
                continue
            found.append((stop, kinds[match[0]]))
            if following in _AFTER and text[stop : stop + 2] != "有限":
                break
        return found

    def _is_firm_name(self, name: str) -> bool:
        """Whether 某某轴承 names a firm and no product: two characters that are no common word, or a firm's acts."""
        plain = len(name) == 4 and name[:2] not in self._lexicon.product_qualifiers
        return plain and self._lexicon.generic.search(name[:2]) is None or self._acts_like_a_firm(name)

    def _acts_like_a_firm(self, name: str) -> bool:
        """Whether the text elsewhere lets this name do what only a firm does, so that 某某轴承 is no product."""
        at = self._text.find(name)
        while at >= 0:
            if _FIRM_TAIL.match(self._text, at + len(name)):
                return True
            at = self._text.find(name, at + 1)
        return False

    def _fits(self, name: str, kind: str, stop: int) -> bool:
        if kind == "industry" and name.startswith(("产业", "行业")):
            return False
        if kind == "project":
            return len(name) >= 6 and not self._text[stop : stop + 1].isdigit() and not name[0].isdigit()
        if kind == "trade":
            known = self._text.count(name) >= 2 or stop in self._period_starts or _FIRM_VERBS.match(self._text, stop) is not None
            return (
                len(name) >= 4
                and known
                and not name.startswith(("产业", "企业", "项目", "市场", "产品", "技术", "上市"))
            )
        if kind == "organ":
            return len(name) >= 3 and _NO_ORGAN.search(name) is None
        if kind == "company":
            return not name.startswith(("产业", "企业", "项目", "市场", "产品", "上市"))
        if kind == "place":
            return self._is_place(name)
        return True

    def _is_place(self, name: str) -> bool:
        return (
            name in self._lexicon.places
            or _NO_PLACE.search(name) is None
            and name[0] not in "全各我该本此个多外下邻周跨半"
            and _ZONE.search(name) is None
        )

    def _could_be_a_firm(self, name: str, begin: int, cut: int) -> bool:
        lexicon = self._lexicon
        if name[-1] in "已正将也还均都又再更并仅就不" or any(sign in name for sign in "的、“”(),《》等了"):
            return False
        if (
            lexicon.generic.search(name)
            or lexicon.predicates.match(name)
            or _NO_NAME.search(name)
            or _NO_PLACE.search(name)
        ):
            return False
        followed_by_time = cut in self._period_ends
        if not followed_by_time and not _FIRM_VERBS.match(self._text, cut):
            return False
        if self._text[max(0, begin - 3) : begin].endswith(("子公司", "企业", "旗下")):
            return True
        product = lexicon.product_pattern.search(name) is not None
        if len(name) > 5:
            return product or lexicon.ending_pattern.search(name) is not None
        return followed_by_time or not product and self._text.count(name) >= 2
