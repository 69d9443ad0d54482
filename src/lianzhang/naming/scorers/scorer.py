"""What a scorer is: numbers for the levels of evidence, and the borders of the three bands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.compare.levels import (
    BranchLevel,
    FormLevel,
    GroupLevel,
    NameLevel,
    PlaceLevel,
    SaidLevel,
)

Levels = NDArray[np.uint8]
Scores = NDArray[np.float64]
_SAME = (PlaceLevel.SAME, PlaceLevel.RENAMED)
_LIES_THERE = (*_SAME, PlaceLevel.WITHIN, PlaceLevel.RENAMED_WITHIN)


@dataclass(frozen=True, eq=False)
class Scorer:
    """`name` gives the score of a name's agreement, the others what is taken off it.

    `link` is the least score at which a mention may be linked, `ask` the least at which a candidate is shown,
    `margin` by how much the best must lead: a candidate nearer than that keeps the mention ambiguous.
    `doubtful` are name levels that need the whole name to agree; each part not stated costs `doubt` more.
    `placed_brand` is added where a trade name of two characters stands with the firm's own place. `softly` is the
    weight of the context against a name that agrees to the letter, `softly_stated` that against a listed short name.
    `stated_margin` is the lead a listed short name needs that is said to the letter: other firms then only could be
    called so. `said` is taken off by what the mention says of former names. A name whose place agrees only at one of
    the levels `asked_about` is put to a person, however well it scores: it still keeps others from leading.
    """

    version: str
    name: Mapping[NameLevel, float]
    place_in_full_name: Mapping[PlaceLevel, float]
    place_in_short_name: Mapping[PlaceLevel, float]
    context: Mapping[PlaceLevel, float]
    form: Mapping[FormLevel, float]
    group: Mapping[GroupLevel, float]
    branch: Mapping[BranchLevel, float]
    doubtful: frozenset[NameLevel]
    doubt: float
    placed_brand: float
    softly: float
    softly_stated: float
    link: float
    ask: float
    margin: float
    stated_margin: float
    said: Mapping[SaidLevel, float]
    asked_about: frozenset[PlaceLevel] = frozenset()

    def lead(self, name: int) -> float:
        """By how much the best must lead whose name agrees at this level."""
        return self.stated_margin if name == NameLevel.SHORT else self.margin

    @cached_property
    def table(self) -> Scores:
        """The score of every combination of levels: axes name, place, context, form, group, branch."""
        kinds = (NameLevel, PlaceLevel, PlaceLevel, FormLevel, GroupLevel, BranchLevel)
        name, place, context, form, group, branch = np.indices([len(kind) for kind in kinds], np.uint8)
        full = form != FormLevel.UNSTATED
        taken = np.where(
            full, _by_level(self.place_in_full_name)[place], _by_level(self.place_in_short_name)[place]
        )
        taken += _by_level(self.form)[form] + _by_level(self.group)[group] + _by_level(self.branch)[branch]
        doubtful = np.array([level in self.doubtful for level in NameLevel])[name]
        lies_there = np.isin(place, _LIES_THERE)
        taken += self.doubt * (doubtful & ~lies_there) + self.doubt * (doubtful & ~full)
        placed = np.isin(place, _SAME) | (context <= PlaceLevel.WITHIN)
        taken -= self.placed_brand * ((name == NameLevel.BRAND_SHORT) & placed)
        # A name to the letter says all it says; what stands around it can only speak softly against it.
        literal = (name >= NameLevel.REGISTERED) & (name <= NameLevel.SHORT)
        taken[literal] = 0
        weight = np.where(literal, self.softly, 1.0)
        weight[name == NameLevel.SHORT] = self.softly_stated
        taken += weight * _by_level(self.context)[context]
        scores: Scores = np.round(np.clip(_by_level(self.name)[name] - taken, 0.0, 1.0), 4)
        scores[name == NameLevel.REJECTED] = 0.0
        return scores

    def scores(
        self, *, name: Levels, place: Levels, context: Levels, form: Levels, group: Levels, branch: Levels
    ) -> Scores:
        """The score of each pair, 0 to 1; 0 for what is no candidate."""
        scores: Scores = self.table[name, place, context, form, group, branch]
        return scores


def _by_level(numbers: Mapping[Any, float]) -> Scores:
    return np.array([numbers[level] for level in sorted(numbers)])
