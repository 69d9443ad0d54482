"""What is looked up for a mention: itself, the former name it names, names beside it; and what follows from them.

A former name leads to the firm that bore it before the change. Where a name and a former name stand side by side,
both must lead to the same firm; else a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.around import (
    may_have_surroundings,
    named_together,
    with_surroundings,
    without_surroundings,
)
from lianzhang.naming.candidates import Pairs
from lianzhang.naming.compare.levels import SaidLevel
from lianzhang.naming.compare.pairs import Compared
from lianzhang.naming.former import former_said
from lianzhang.naming.places import Places
from lianzhang.naming.rows import NameKind, Rows
from lianzhang.naming.scorers import Scorer

Ints = NDArray[np.int64]
Scores = NDArray[np.float64]
#: What falls short of being linked by so little is asked about first.
_SHORT_OF_LINKING = 0.01
_ROUNDING = 1e-9
#: What is longer is no mention of a firm but a text, in which names are found otherwise.
_LONGEST = 200


class _As(IntEnum):
    """As what a piece of a mention is looked up."""

    NAME = 0
    FORMER = 1
    BESIDE = 2  # the name that stands beside a former one
    AMONG = 3  # one of several names


@dataclass(frozen=True)
class Asked:
    """Texts to be looked up, with the context of each; of which mention each is a piece, and as what."""

    texts: Sequence[tuple[str, str]]
    mention: Ints
    role: NDArray[np.uint8]

    @classmethod
    def of(cls, mentions: Sequence[tuple[str, str]], places: Places) -> Asked:
        """The pieces of some mentions, each of which comes with its context."""
        texts: list[tuple[str, str]] = list(mentions)
        further: list[tuple[int, _As]] = []
        role = np.zeros(len(mentions), np.uint8)
        for number in with_surroundings([text for text, _ in mentions]):
            text, context = mentions[number]
            pieces = _pieces(text, places)
            if pieces and pieces[0][1] is _As.BESIDE:
                texts[number], role[number] = (pieces.pop(0)[0], context), _As.BESIDE
            texts += [(piece, context) for piece, _ in pieces]
            further += [(number, kind) for _, kind in pieces]
        mention = [number for number, _ in further]
        return cls(
            texts,
            np.concatenate([np.arange(len(mentions)), np.array(mention, np.int64)]),
            np.concatenate([role, np.array([kind for _, kind in further], np.uint8)]),
        )

    @property
    def plain(self) -> np.bool_ | bool:
        """Whether every mention is just looked up."""
        return not self.role.any() and (self.mention == np.arange(len(self.texts))).all()

    def put_together(
        self, pairs: Pairs, compared: Compared, scores: Scores, *, rows: Rows, scorer: Scorer
    ) -> tuple[Pairs, Compared, Scores]:
        """The pairs of pieces as pairs of mentions, judged by what is said of former names."""
        role, mention = self.role[pairs.mention], self.mention[pairs.mention]
        former = role == _As.FORMER
        bore = rows.kind[pairs.row] == NameKind.FORMER
        level = np.where(former, np.where(bore, SaidLevel.FORMER, SaidLevel.CURRENT), SaidLevel.UNSAID)
        level[role == _As.AMONG] = SaidLevel.AMONG
        taken = np.array([scorer.said[one] for one in SaidLevel])
        scores = np.round(scores - taken[level], 4)
        owner = rows.owner[pairs.row].astype(np.int64)
        by_mention = np.argsort(mention, kind="stable")
        bounds = np.searchsorted(mention[by_mention], np.arange(len(self.texts) + 1))
        both = np.flatnonzero(self.role == _As.BESIDE)
        for number in (at for at in both.tolist() if self.texts[at][0]):
            of_it = by_mention[bounds[number] : bounds[number + 1]]
            agreed = _led_to_by_both(owner[of_it], scores[of_it], former[of_it], scorer.margin)
            one = of_it[~np.isin(owner[of_it], agreed)]
            level[of_it], level[one] = SaidLevel.BOTH, SaidLevel.ONE
            scores[one] = np.minimum(scores[one], round(scorer.link - _SHORT_OF_LINKING, 4))
        among = level == SaidLevel.AMONG
        # Each piece loses by how much its best would be linked, so that what leads still leads.
        best = np.zeros(len(self.texts))
        np.maximum.at(best, pairs.mention[among], scores[among])
        over = np.maximum(best - (scorer.link - _SHORT_OF_LINKING), 0.0)[pairs.mention[among]]
        scores[among] = np.round(scores[among] - over, 4)
        told = compared.with_said(level.astype(np.uint8))
        kept = np.flatnonzero(scores >= scorer.ask)
        order = kept[np.argsort(mention[kept], kind="stable")]
        together = Pairs(mention[order], pairs.row[order], pairs.way[order])
        return together, told.only(order), scores[order]


def is_plain(mention: str, places: Places) -> bool:
    """Whether a mention is just looked up."""
    return not may_have_surroundings(mention) or not _pieces(mention, places)


def _pieces(text: str, places: Places) -> list[tuple[str, _As]]:
    """What is looked up besides the mention itself; a piece `BESIDE` comes first and takes its place."""
    if len(text) > _LONGEST:
        return []
    name = without_surroundings(text)
    said = former_said(name, places)
    if said is not None:
        beside = [] if said.doubtful else [(said.current, _As.BESIDE)]
        return [*beside, (said.former, _As.FORMER)]
    pieces = [] if name == text else [(name, _As.NAME)]
    return pieces + [(one, _As.AMONG) for one in named_together(name)]


def _led_to_by_both(owner: Ints, scores: Scores, former: NDArray[np.bool_], margin: float) -> Ints:
    """The firms that are among the best of the name as well as of the former name."""
    return np.intersect1d(_best(owner, scores, ~former, margin), _best(owner, scores, former, margin))


def _best(owner: Ints, scores: Scores, side: NDArray[np.bool_], margin: float) -> Ints:
    found: Ints = owner[side & (scores > scores[side].max(initial=0.0) - margin + _ROUNDING)]
    return found
