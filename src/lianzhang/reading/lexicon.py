"""The words the grammar knows, read once from a pack and turned into patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lianzhang.kernel import Regions
from lianzhang.kernel.pack import Pack, open_pack, required


def one_of(words: Iterable[str]) -> str:
    """An alternation that prefers longer words."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


@dataclass(frozen=True)
class Indicator:
    """A measured thing: the name it is stored under, the sort the grammar treats it as, the group it is shown in."""

    name: str
    thing: str
    group: str


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Words and patterns of one pack."""

    indicators: Mapping[str, Indicator]
    indicator_pattern: re.Pattern[str]
    titles: Mapping[str, str]
    title_pattern: re.Pattern[str]
    levels: Mapping[str, str]
    units: Mapping[str, str]
    unit_pattern: str
    worded_unit_pattern: str
    ending_kinds: Mapping[str, str]
    ending_pattern: re.Pattern[str]
    firm_name: re.Pattern[str]
    pronouns: Mapping[str, str]
    openers: re.Pattern[str]
    predicates: re.Pattern[str]
    generic: re.Pattern[str]
    product_pattern: re.Pattern[str]
    product_qualifiers: frozenset[str]
    planned: re.Pattern[str]
    assigning: str
    awarding: str
    places: Mapping[str, str]
    #: Short names such as 经开区 that every city has and that mean ours only in a text about us.
    zones: Mapping[str, str]
    place_lengths: tuple[int, ...]

    def place_at(self, text: str, position: int) -> str:
        """The longest place name that stands at `position`; empty when there is none."""
        for length in self.place_lengths:
            name = text[position : position + length]
            if name in self.places:
                return name
        return ""


@lru_cache(maxsize=4)
def lexicon_of(pack_id: str = "liaocheng") -> Lexicon:
    """The lexicon of a bundled pack; raises `PackError` when a file is missing or malformed."""
    return _build(open_pack(pack_id))


def _build(pack: Pack) -> Lexicon:
    units = {
        word: kind
        for kind, words in pack.read_yaml("lexicon/units.yaml").items()
        if kind != "worded"
        for word in words
    }
    worded = pack.read_yaml("lexicon/units.yaml")["worded"]
    indicators = {
        word: Indicator(row.get("same", {}).get(word, word), row["name"], row["group"])
        for row in pack.read_yaml("lexicon/indicators.yaml")
        for word in required(row, "words", "lexicon/indicators.yaml")
    }
    titles = {word: row["title"] for row in pack.read_yaml("lexicon/titles.yaml") for word in row["words"]}
    words: dict[str, Any] = pack.read_yaml("lexicon/words.yaml")
    endings = {ending: kind for kind, group in words["entity_endings"].items() for ending in group}
    pronouns = {word: kind for kind, group in words["pronouns"].items() for word in group}
    named = {name: full for name, full in _places(pack).items() if name not in pronouns}
    places = {name: full for name, full in named.items() if name not in endings}
    zones = {name: full for name, full in named.items() if name in endings}
    return Lexicon(
        indicators=indicators,
        indicator_pattern=re.compile(one_of(indicators)),
        titles=titles,
        title_pattern=re.compile(one_of(titles)),
        levels=words["levels"],
        units=units,
        unit_pattern=one_of(units),
        worded_unit_pattern=one_of(worded),
        ending_kinds=endings,
        ending_pattern=re.compile(f"(?:{one_of(endings)})$"),
        firm_name=re.compile(
            rf"(?<![\u3400-\u9fff])[\u3400-\u9fff]{{2}}(?:{one_of(words['entity_endings']['trade'])}|股份|集团)"
        ),
        pronouns=pronouns,
        openers=re.compile(f"(?:{one_of(words['openers'])}|[,、:;()”—●•·\\s])+"),
        predicates=re.compile(one_of(words["predicates"])),
        generic=re.compile(f"(?:{one_of(words['generic'])})$"),
        product_pattern=re.compile(f"(?:{one_of(words['products'])})$"),
        product_qualifiers=frozenset(words["product_qualifiers"]),
        planned=re.compile(one_of(words["planned"])),
        assigning=one_of(words["assigning"]),
        awarding=one_of(words["awarding"]),
        places=places,
        zones=zones,
        place_lengths=tuple(sorted({len(name) for name in places}, reverse=True)),
    )


def _places(pack: Pack) -> dict[str, str]:
    """Every name and short name of a region of the pack, to the full present name."""
    found: dict[str, str] = {}
    for region in Regions.from_pack(pack):
        for name in (region.name, *region.short_names, *(former for _, former in region.former)):
            found.setdefault(name, region.name)
    return found
