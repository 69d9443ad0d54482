"""Which tier of the rules a title is that stands on a list or in a table, as people write it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from lianzhang.kernel.fact_dictionary import fact_dictionary
from lianzhang.kernel.lined_yaml import read_lined_yaml
from lianzhang.kernel.pack import Pack
from lianzhang.kernel.text import Text

_PATH = "lexicon/tiers.yaml"
#: The signs of a level in what stands before a title.
_LEVELS = (
    ("国家级", ("国家级", "国家", "全国", "工信部")),
    ("省级", ("省级", "省")),
    ("市级", ("市级", "市")),
    ("县级", ("县级", "县", "区级")),
)
_UNHEARD = str.maketrans("", "", " \u3000“”\"'‘’「」《》〈〉")
#: Words that make a list one of candidates.
_NOT_YET = ("拟认定", "拟推荐", "申报", "推荐名单", "公示")


@dataclass(frozen=True, slots=True)
class NamedTier:
    """How titles of one tier are written, at which levels, and whether one that states no level is meant."""

    tier: str
    words: tuple[str, ...]
    levels: frozenset[str]
    unstated: bool
    without: tuple[str, ...]


@lru_cache(maxsize=4096)
def tier_named(pack: Pack, title: str, level: str = "") -> str:
    """The tier, a value of the fact `holds`, that this title means; empty where it means none or several, or the
    level that would tell is not stated. `level` is 国家级, 省级, 市级 or 县级."""
    said = unicodedata.normalize("NFKC", title).translate(_UNHEARD)
    if any(word in said for word in _NOT_YET):
        return ""
    meant = {named.tier for named in named_tiers(pack) if _fits(named, said, level)}
    return meant.pop() if len(meant) == 1 else ""


def _fits(named: NamedTier, said: str, level: str) -> bool:
    if not any(word in said for word in named.words) or any(word in said for word in named.without):
        return False
    stated = level or _level_in(said, named.words)
    return stated in named.levels if stated else named.unstated


def _level_in(said: str, words: tuple[str, ...]) -> str:
    """The level that is named, or that of the place before the title: 山东省瞪羚企业 is one of the province."""
    before = said[: min(said.find(word) for word in words if word in said)]
    named = (level for level, _ in _LEVELS if level in said)
    placed = (level for level, signs in _LEVELS if any(sign in before for sign in signs))
    return next(named, "") or next(placed, "")


@lru_cache(maxsize=8)
def named_tiers(pack: Pack) -> tuple[NamedTier, ...]:
    """What a pack knows, none where it has no such file; raises `PackError` with file, line and remedy."""
    if not pack.has(_PATH):
        return ()
    known = fact_dictionary(pack)["holds"].choices if "holds" in fact_dictionary(pack) else {}
    found = []
    for row in read_lined_yaml(pack.read_text(_PATH), file=f"{pack.id}/{_PATH}"):
        row.only(("tier", "words", "levels", "unstated", "without"))
        tier, levels = str(row.need("tier")), frozenset(map(str, row.need("levels")))
        for key, said, allowed in (
            ("tier", {tier}, known),
            ("levels", levels, [level for level, _ in _LEVELS]),
        ):
            if strange := sorted(said - set(allowed)):
                raise row.at(key).refuse(
                    Text(f"没有“{strange[0]}”。", f"There is no “{strange[0]}”."),
                    Text(f"可写：{'、'.join(allowed)}。", f"There are: {', '.join(allowed)}."),
                )
        words, without = map(tuple, (row.need("words"), row.get("without", ())))
        found.append(NamedTier(tier, words, levels, bool(row.get("unstated")), without))
    return tuple(found)
