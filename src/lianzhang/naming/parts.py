"""A name taken apart: division, trade name, industry, legal form, branch (名称登记管理规定, clauses 6–14).

This is the plain reading of one name; `columns.py` reads ordinary names by the million and hands the others here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lianzhang.naming.clean import clean
from lianzhang.naming.lexicon import ANY_COMPANY, NO_FORM, lexicon
from lianzhang.naming.miswritten import miswritten, without_joint_stock
from lianzhang.naming.places import NOWHERE, Places, contains, extent, places_of_pack

_BRACKET = re.compile(r"\(([^()]*)\)")
#: Where the name of the parent ends and that of its branch begins.
_PARENT = re.compile(
    r"^.+?(?:公司|(?:集团|合作社|总厂|厂|银行|商行|中心|大学|医院)(?!(?:股份|控股)?有限|股份公司|责任|总?公司))(?=.)"
)
#: The same, of what is surely a firm of its own.
_OWNER = re.compile(r"^.+?(?:公司|集团(?!(?:股份|控股)?有限|股份公司|总?公司))(?=.)")
_TOWN = re.compile(r"^[\u4e00-\u9fff]{1,3}?[镇乡](?=..)")
ZONES = (
    "高新技术产业开发区",
    "经济技术开发区",
    "旅游度假区",
    "经济开发区",
    "高新区",
    "经开区",
    "度假区",
    "开发区",
)
#: A division may be named in up to three steps: province, prefecture, county.
_STEPS = 3


@dataclass(frozen=True, slots=True)
class Parts:
    """What a name states; what it does not state is empty.

    `core` is what tells firms apart, trade name and industry together; the first `brand` characters of it are the
    trade name (字号). `bare` is the core with the short division word before it, where that word may belong to the
    trade name. `place` is the narrowest division, a GB/T 2260 code or 0. `form` is a number of the lexicon. `town` is
    the township that stands behind a county.
    """

    text: str
    place: int
    core: str
    brand: int
    form: int
    group: bool
    branch: str
    bare: str = ""
    town: str = ""

    @property
    def brand_text(self) -> str:
        """The trade name."""
        return self.core[: self.brand]

    @property
    def trade(self) -> str:
        """Industry and kind of business, as far as the words are known."""
        return self.core[self.brand :]

    @property
    def form_text(self) -> str:
        """The legal form as written."""
        return lexicon().form_texts[self.form]


def split(name: str, *, places: Places | None = None) -> Parts:
    """Take one name apart; never fails, at worst everything is core.

    >>> parts = split("山东时风（集团）有限责任公司")
    >>> parts.place, parts.brand_text, parts.trade, parts.group, parts.form_text
    (370000, '时风', '', True, '有限责任公司')
    >>> split("临清市九星轴承科技有限公司").trade
    '轴承科技'
    """
    return split_clean(clean(name), places or places_of_pack())


def split_clean(text: str, places: Places) -> Parts:
    """`split` for a name that went through `clean`."""
    text, rest, place, group = _brackets(text, places)
    rest, branch = _branch(rest, places)
    rest, form, group = _form(rest, group)
    rest, place, bare, town = _places(rest, place, places)
    if branch and not rest:
        rest, branch = branch, ""
    return Parts(text, place, rest, brand_length(rest), form, group, branch, bare, town)


def _brackets(text: str, places: Places) -> tuple[str, str, int, bool]:
    """The name without its brackets, as a whole and for reading on; what the brackets say."""
    if "(" not in text and ")" not in text:
        return text, text, NOWHERE, False
    place, group, rest = NOWHERE, False, text
    for content in _BRACKET.findall(text):
        found = places.of(content)
        if content in lexicon().group:
            group = True
        elif found is not None and (not place or extent(found) <= extent(place)):
            place = found
        kept = content if content in lexicon().trades and not text.endswith(f"({content})") else ""
        if f"合伙企业{content}" in lexicon().forms:
            kept = content
        rest = rest.replace(f"({content})", kept, 1)
    bare = text.replace("(", "").replace(")", "")
    rest = rest.replace("(", "").replace(")", "")
    # A name all in brackets is read as if it had none.
    return bare, rest or bare, place, group


def _branch(text: str, places: Places) -> tuple[str, str]:
    """The name of the parent, and what says that this is a branch of it."""
    words = lexicon()
    ending = ""
    if text[-1:] in words.branch_signs and text.endswith(words.any_branch):
        ending = next(word for word in words.any_branch if text.endswith(word))
    if not ending or len(text) <= len(ending) + 1:
        return text, ""
    if ending not in words.branches:
        owner = _OWNER.match(text[: -len(ending)] + "#")
        return (owner.group(), text[owner.end() :]) if owner else (text, "")
    parent = _PARENT.match(text[: -len(ending)] + "#")
    if parent:
        return parent.group(), text[parent.end() :]
    rest = text[: -len(ending)]
    for length in range(min(places.longest, len(rest) - 2), 1, -1):
        if rest[-length:] in places.words:
            return rest[:-length], rest[-length:] + ending
    return rest, ending


def _form(text: str, group: bool) -> tuple[str, int, bool]:
    """The name without its legal form; a form that is all there is stays."""
    words = lexicon()
    form = NO_FORM
    for length in words.form_endings.get(text[-1:], ()):
        if length < len(text) and (found := words.forms.get(text[-length:])):
            text, form = text[:-length], found
            break
    if form <= ANY_COMPANY and (slip := miswritten(text, form)):
        text, form = slip
    if form == words.forms["有限公司"] and (rest := without_joint_stock(text)):
        text, form = rest, words.forms["股份有限公司"]
    for mark in words.group:
        if text.endswith(mark) and len(text) > len(mark):
            return text[: -len(mark)], form, True
    return text, form, group


def _places(text: str, place: int, places: Places) -> tuple[str, int, str, str]:
    """The name without the divisions at its head; the narrowest of them; the core with a doubtful one; the township."""
    if text in places.words:
        return text, place, "", ""
    here, start, last = NOWHERE, 0, 0
    for _ in range(_STEPS):
        for length in places.heads.get(text[start : start + 2], ()):
            found = (
                places.of(text[start : start + length], within=here) if start + length < len(text) else None
            )
            if found is not None:
                here, last, start = found or here, start, start + length
                break
        else:
            break
        if not here or extent(here) == 1:
            break
    if not start:
        # Any city has one: it says nothing of the place, and is no part of the trade name.
        zone = next((zone for zone in ZONES if text.startswith(zone) and len(text) > len(zone) + 1), "")
        return text[len(zone) :], place, "", ""
    rest, here, town = _after_places(text[start:], here, places)
    bare = text[last:] if text[last:start] in places.bare and rest == text[start:] else ""
    if place and (not here or contains(here, place)):
        here = place
    return rest, here, bare, town


def _after_places(rest: str, here: int, places: Places) -> tuple[str, int, str]:
    """The name without zone or township between division and trade name; the place; the township."""
    for zone in ZONES:
        if rest.startswith(zone) and len(rest) > len(zone) + 1:
            return rest[len(zone) :], places.zones.get(zone, here), ""
    if here and extent(here) == 1 and (town := _TOWN.match(rest)):
        return rest[town.end() :], here, town.group()
    return rest, here, ""


def brand_length(core: str) -> int:
    """How many characters of the core are trade name: what is left when known trades are taken off its end.

    At least two characters stay.

    >>> brand_length("九星轴承科技"), brand_length("鑫大地")
    (2, 3)
    """
    words, end = lexicon(), len(core)
    while True:
        for length in words.trade_endings.get(core[end - 1 : end], ()):
            if length <= end - 2 and core[end - length : end] in words.trades:
                end -= length
                break
        else:
            return end


def shortened(core: str) -> list[str]:
    """The core as people shorten it: trade name and the first known word of the trade, each way to take it.

    >>> shortened("九星轴承科技"), shortened("肯石重工机械")
    (['九星轴承'], ['肯石重工'])
    """
    words, brand = lexicon(), brand_length(core)
    ends = (brand + size for size in words.trade_lengths)
    return [core[:end] for end in ends if end < len(core) and core[brand:end] in words.trades]
