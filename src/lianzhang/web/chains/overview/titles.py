"""Titles: how many firms hold each, and which firms were named. Titles overlap and are never added up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from lianzhang.web.chains import words
from lianzhang.web.chains.overview.sorting import is_chain_itself, newest_first

_TIERS = ("国家级", "省级", "市级", "县级", "")


@dataclass(frozen=True)
class TitleCount:
    """One title with the number of its holders."""

    name: str
    fact: Any


@dataclass(frozen=True)
class Roll:
    """The firms that a document names as holders of one title."""

    name: str
    holders: list[Any]


@dataclass(frozen=True)
class Titles:
    """Everything said about titles."""

    counts: list[TitleCount] = field(default_factory=list)
    #: The same titles at an earlier time or by another definition.
    earlier: list[TitleCount] = field(default_factory=list)
    #: Counts of a county, a park or a firm: never mixed with those of the whole chain.
    elsewhere: list[TitleCount] = field(default_factory=list)
    rolls: list[Roll] = field(default_factory=list)

    @property
    def given(self) -> bool:
        """Whether anything is said about titles."""
        return bool(self.counts or self.earlier or self.elsewhere or self.rolls)


def titles_of(facts: list[Any]) -> Titles:
    """Counts by tier (state before province before city), then the named holders by title."""
    counted: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    named: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "title_count":
            # The chain is written in several ways and is one subject.
            subject = "" if is_chain_itself(fact) else fact.subject
            counted[(subject, fact.level or "", fact.title or fact.indicator)].append(fact)
        else:
            named[(fact.title, fact.period)].append(fact)
    own, earlier, elsewhere = [], [], []
    for (subject, tier, title), group in sorted(counted.items(), key=lambda entry: _tier(entry[0][1])):
        newest, *others = (TitleCount(full_title(tier, title), fact) for fact in newest_first(group))
        if subject:
            elsewhere += [newest, *others]
        else:
            own.append(newest)
            earlier += others
    rolls = [Roll(words.title(title), holders) for (title, _), holders in sorted(named.items(), reverse=True)]
    return Titles(own, earlier, elsewhere, rolls)


def full_title(tier: str, title: str) -> str:
    """Tier and title as one name: 国家级小巨人; state-level "little giant"."""
    joint = " " if words.is_english() else ""
    return joint.join(part for part in (words.level(tier), words.title(title)) if part)


def _tier(tier: str) -> int:
    return _TIERS.index(tier) if tier in _TIERS else len(_TIERS)
