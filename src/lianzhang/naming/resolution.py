"""What becomes of a mention: linked, ambiguous, or none – and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import overload

import numpy as np
from numpy.typing import NDArray

from lianzhang.kernel.text import Text
from lianzhang.naming.candidates import Pairs
from lianzhang.naming.compare.levels import NameLevel
from lianzhang.naming.compare.pairs import Compared
from lianzhang.naming.compare.reasons import ABOUT, Reason, reasons_for
from lianzhang.naming.index import NameIndex
from lianzhang.naming.scorers import Scorer

Ints = NDArray[np.int64]
#: Candidates shown to a person.
SHOWN = 10
_ROUNDING = 1e-9


class Outcome(StrEnum):
    """The three bands: the machine decides, a person decides, nobody fits."""

    LINKED = "linked"
    AMBIGUOUS = "ambiguous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enterprise a mention may mean, the name of it that was met, and the reasons."""

    enterprise: str
    name: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What one mention was resolved to. `enterprise` is empty unless linked; `fitting` counts all candidates."""

    mention: str
    outcome: Outcome
    enterprise: str
    score: float
    candidates: tuple[Candidate, ...]
    fitting: int
    reasons: tuple[Reason, ...]
    scorer: str


@dataclass(frozen=True, slots=True)
class Match:
    """A name of the registry beside a mention: whose it is, its row, the score, the level of each evidence."""

    owner: int
    row: int
    score: float
    levels: tuple[int, ...]


def resolution_of(
    mention: str, matches: Sequence[Match], index: NameIndex, scorer: Scorer, *, fitting: int
) -> Resolution:
    """The resolution of a mention from its best matches, one per enterprise, best first."""
    candidates = tuple(
        Candidate(
            enterprise=index.enterprise_id(match.owner),
            name=index.names[match.row],
            score=match.score,
            reasons=reasons_for(match.levels),
        )
        for match in matches[:SHOWN]
    )
    outcome = Outcome.NONE
    lead = scorer.lead(matches[0].levels[0] if matches else NameLevel.REJECTED)
    if candidates:
        leads = len(candidates) == 1 or candidates[1].score <= candidates[0].score - lead + _ROUNDING
        sure = candidates[0].score >= scorer.link and matches[0].levels[1] not in scorer.asked_about
        outcome = Outcome.LINKED if leads and sure else Outcome.AMBIGUOUS
    return Resolution(
        mention=mention,
        outcome=outcome,
        enterprise=candidates[0].enterprise if outcome is Outcome.LINKED else "",
        score=candidates[0].score if candidates else 0.0,
        candidates=candidates,
        fitting=fitting,
        reasons=_reasons(outcome, candidates, fitting, lead),
        scorer=scorer.version,
    )


def _reasons(
    outcome: Outcome, candidates: tuple[Candidate, ...], count: int, margin: float
) -> tuple[Reason, ...]:
    if outcome is Outcome.NONE:
        return (
            Reason("outcome", "none", Text("名录中没有相符的企业", "no enterprise of the registry agrees")),
        )
    if outcome is Outcome.LINKED:
        return candidates[0].reasons
    near = sum(candidate.score > candidates[0].score - margin + _ROUNDING for candidate in candidates)
    if near > 1:
        number = count if near == len(candidates) else near
        text = Text(
            f"{number}家企业同样相符，请人判定", f"{number} enterprises agree alike: a person decides"
        )
        return (Reason("outcome", "alike", text), *candidates[0].reasons)
    text = Text("依据不足以自动认定，请人判定", "not certain enough to link: a person decides")
    return (Reason("outcome", "uncertain", text), *candidates[0].reasons)


class Resolutions(Sequence[Resolution]):
    """The resolutions of many mentions, in their order. Decided as arrays; objects are made when looked at."""

    def __init__(
        self,
        texts: Sequence[str],
        pairs: Pairs,
        compared: Compared,
        scores: NDArray[np.float64],
        *,
        which: Ints,
        index: NameIndex,
        scorer: Scorer,
    ) -> None:
        """`texts` are the different mentions; `which` says for each that was asked which of them it is."""
        self._texts, self._which, self._index, self.scorer = texts, which, index, scorer
        kept = np.flatnonzero(scores >= scorer.ask)
        order = kept[np.lexsort((pairs.row[kept], -scores[kept], pairs.mention[kept]))]
        owner = index.rows.owner[pairs.row[order]].astype(np.int64)
        # Each enterprise once per mention, by the best of its names.
        met = pairs.mention[order] * np.int64(1 << 32) + owner
        first = np.sort(np.unique(met, return_index=True)[1])
        self._order: Ints = order[first]
        self._owner: Ints = owner[first]
        self._pairs, self._compared, self._scores = pairs, compared, scores
        self._bounds: Ints = np.searchsorted(pairs.mention[self._order], np.arange(len(texts) + 1))
        self._linked = self._decide()

    def _decide(self) -> NDArray[np.bool_]:
        """Linked where the best is good enough and leads by the margin: nobody is ranked away."""
        count = np.diff(self._bounds)
        ranked = np.append(self._scores[self._order], [0.0, 0.0])
        first = np.minimum(self._bounds[:-1], len(ranked) - 2)
        best = np.where(count > 0, ranked[first], 0.0)
        second = np.where(count > 1, ranked[first + 1], 0.0)
        name = np.append(self._compared.name[self._order], [0, 0])[first]
        lead = np.array([self.scorer.lead(level) for level in NameLevel])[name.astype(np.int64)]
        leads = second <= best - lead + _ROUNDING
        linked: NDArray[np.bool_] = (best >= self.scorer.link) & leads
        if self.scorer.asked_about:
            place = np.append(self._compared.place[self._order], [0, 0])[first]
            linked &= ~np.isin(place, list(self.scorer.asked_about))
        return linked

    @property
    def enterprises(self) -> NDArray[np.int64]:
        """The number of the enterprise each mention is linked to, -1 where it is not linked."""
        first = np.minimum(self._bounds[:-1], max(len(self._owner) - 1, 0))
        if not len(self._owner):
            return np.full(len(self), -1, np.int64)
        numbers: Ints = np.where(self._linked, self._owner[first], -1)[self._which]
        return numbers

    def candidates_of(self, number: int) -> Ints:
        """The numbers of the enterprises one mention may mean, best first."""
        place = self._which[number]
        return self._owner[self._bounds[place] : self._bounds[place + 1]]

    def __len__(self) -> int:
        return len(self._which)

    @overload
    def __getitem__(self, number: int) -> Resolution: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Resolution]: ...
    def __getitem__(self, number: int | slice) -> Resolution | Sequence[Resolution]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if number < 0:
            number += len(self)
        if not 0 <= number < len(self):
            raise IndexError(number)
        place = int(self._which[number])
        start, end = int(self._bounds[place]), int(self._bounds[place + 1])
        matches = [self._match(at) for at in range(start, min(end, start + SHOWN))]
        return resolution_of(self._texts[place], matches, self._index, self.scorer, fitting=end - start)

    def _match(self, at: int) -> Match:
        pair, compared = int(self._order[at]), self._compared
        return Match(
            owner=int(self._owner[at]),
            row=int(self._pairs.row[pair]),
            score=float(self._scores[pair]),
            levels=tuple(int(getattr(compared, about)[pair]) for about in ABOUT),
        )
