"""Evidence in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from lianzhang.kernel.text import Text
from lianzhang.naming.compare.levels import (
    BranchLevel,
    FormLevel,
    GroupLevel,
    NameLevel,
    PlaceLevel,
    SaidLevel,
)

#: The kinds of evidence, in the order of a scorer's table.
ABOUT = ("name", "place", "context", "form", "group", "branch", "said")


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence: what was compared, at which level, in words."""

    about: str
    level: str
    text: Text


_NAME: Mapping[IntEnum, Text] = {
    NameLevel.REGISTERED: Text("与登记名称一字不差", "the registered name to the letter"),
    NameLevel.FORMER: Text("与曾用名一字不差", "a former name to the letter"),
    NameLevel.SHORT: Text("与登记在册的简称或外文名一字不差", "a listed short or foreign name to the letter"),
    NameLevel.CORE: Text("字号和行业相同", "trade name and industry agree"),
    NameLevel.ABBREVIATED: Text("字号相同，行业用词有省略", "trade name agrees, the industry is put shorter"),
    NameLevel.BRAND_LONG: Text("只写了字号，字号相同", "only the trade name is given, and it agrees"),
    NameLevel.BRAND_SHORT: Text(
        "只写了两个字的字号，字号相同", "only a two-character trade name is given; it agrees"
    ),
    NameLevel.SLIP_TRADE: Text("行业用词中有一字之误", "one character is mistaken in the industry"),
    NameLevel.SLIP_LONG: Text(
        "字号中一字音近、形近或多少一字",
        "one character of the trade name is mistaken",
    ),
    NameLevel.SLIP_SHORT: Text(
        "两字的字号中一字音近或形近，也可能是另一家",
        "one of two characters is mistaken – or another firm",
    ),
    NameLevel.SLIP_OTHER: Text(
        "有一字不同，音形都不相近，可能是另一家",
        "one character differs: perhaps another firm",
    ),
    NameLevel.HALF: Text(
        "两字的字号中只有一字相同，其余都同",
        "half of the trade name agrees, and all around it",
    ),
    NameLevel.SOUND: Text("读音相同，有几个字不同", "sounds the same, several characters differ"),
    NameLevel.ROMAN: Text("外文拼写与字号读音相同", "the Latin letters spell the sound of the trade name"),
    NameLevel.SPOKEN: Text(
        "字号相同，上下文说的正是它的行业", "the trade name agrees, and the context speaks of the industry"
    ),
    NameLevel.OVERSTATED: Text(
        "名录中的名称不全或是简称，字号相同",
        "the entry is incomplete or short; the trade name agrees",
    ),
}
_PLACE: Mapping[IntEnum, Text] = {
    PlaceLevel.SAME: Text("所在地相同", "the place agrees"),
    PlaceLevel.WITHIN: Text("企业在所写的地区之内", "the firm lies in the division named"),
    PlaceLevel.UNKNOWN: Text("名录中没有写所在地", "the registry gives no place"),
    PlaceLevel.BROADER: Text("名录只写到上级地区", "the registry gives only a wider division"),
    PlaceLevel.ELSEWHERE: Text("所在地不同", "the place differs"),
    PlaceLevel.RENAMED: Text(
        "所在地相同，但登记名称冠的是别的地名",
        "the place agrees, but the registered name names another division",
    ),
    PlaceLevel.RENAMED_WITHIN: Text(
        "企业在所写的地区之内，但登记名称冠的是别的地名",
        "the firm lies in the division named, but its registered name names another",
    ),
}
_CONTEXT: Mapping[IntEnum, Text] = {
    PlaceLevel.SAME: Text("上下文所说的地方相符", "the context speaks of the firm's place"),
    PlaceLevel.WITHIN: Text("企业在上下文所说的地方之内", "the firm lies in the place the context speaks of"),
    PlaceLevel.ELSEWHERE: Text("上下文说的是别的地方", "the context speaks of another place"),
}
_FORM: Mapping[IntEnum, Text] = {
    FormLevel.SAME: Text("组织形式相同", "the legal form agrees"),
    FormLevel.KIN: Text("组织形式同类，写法不同", "the legal form is of one kind, put otherwise"),
    FormLevel.MISSING: Text("名录中的名称没有组织形式", "the registry's name has no legal form"),
    FormLevel.OTHER: Text("组织形式不同", "the legal form differs"),
}
_GROUP: Mapping[IntEnum, Text] = {
    GroupLevel.ONLY_MENTION: Text("写的是集团，名录中不是", "a group is meant, the registry's firm is none"),
    GroupLevel.ONLY_FIRM: Text(
        "名录中是集团，写的不是", "the registry's firm is a group, the mention is not"
    ),
}
_BRANCH: Mapping[IntEnum, Text] = {
    BranchLevel.ONLY_MENTION: Text("写的是它的分支机构", "the mention is a branch of this firm"),
    BranchLevel.ONLY_FIRM: Text("名录中只是分支机构", "the registry's entry is only a branch"),
    BranchLevel.UNSTATED: Text("名录中只是分支机构", "the registry's entry is only a branch"),
    BranchLevel.OTHER: Text("是不同的分支机构", "another branch"),
}
_SAID: Mapping[IntEnum, Text] = {
    SaidLevel.FORMER: Text(
        "写明是曾用名，名录中正是它改名前的名称",
        "said to be a former name, and the firm bore it before the change",
    ),
    SaidLevel.CURRENT: Text(
        "写明是曾用名，名录中却是在用的名称", "said to be a former name, but the registry has it in use"
    ),
    SaidLevel.BOTH: Text(
        "所写的名称与曾用名指的是同一家", "the name and the former name beside it lead to this firm"
    ),
    SaidLevel.AMONG: Text("所写的不止这一个名称", "more is named than this firm"),
    SaidLevel.ONE: Text(
        "所写的名称与曾用名只有一个指这一家",
        "of the name and the former name beside it only one leads to this firm",
    ),
}
_WORDS: Mapping[str, tuple[type[IntEnum], Mapping[IntEnum, Text]]] = {
    "name": (NameLevel, _NAME),
    "place": (PlaceLevel, _PLACE),
    "context": (PlaceLevel, _CONTEXT),
    "form": (FormLevel, _FORM),
    "group": (GroupLevel, _GROUP),
    "branch": (BranchLevel, _BRANCH),
    "said": (SaidLevel, _SAID),
}


@lru_cache(maxsize=4096)
def reasons_for(levels: tuple[int, ...]) -> tuple[Reason, ...]:
    """The reasons of one pair, from the level of each kind of evidence (in the order of `ABOUT`).

    What says nothing is left out.
    """
    found = []
    for about, number in zip(ABOUT, levels, strict=True):
        kind, words = _WORDS[about]
        level = kind(number)
        if level in words:
            found.append(Reason(about, level.name.lower(), words[level]))
    return tuple(found)
