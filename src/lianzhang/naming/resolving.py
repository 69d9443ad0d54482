"""From mentions to enterprises."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lianzhang.naming.asked import Asked, is_plain
from lianzhang.naming.candidates import Candidates, Pairs
from lianzhang.naming.compare.levels import NameLevel
from lianzhang.naming.compare.pairs import Compared, Comparison
from lianzhang.naming.index import NameIndex
from lianzhang.naming.lexicon import NO_FORM
from lianzhang.naming.mentions import Mentions, mentions_of
from lianzhang.naming.resolution import Resolution, Resolutions
from lianzhang.naming.scorers import LATEST, Scorer
from lianzhang.naming.single import AGREES, OneMention, TooMany

Scores = NDArray[np.float64]
#: Mentions looked up at a time: what they meet must fit in memory, however common the names.
_BLOCK = 16_384


def resolve(mention: str, index: NameIndex, *, context: str = "", scorer: Scorer = LATEST) -> Resolution:
    """Find the enterprise one mention means.

    >>> from lianzhang.naming import Listed, NameIndex
    >>> index = NameIndex.of([Listed("E1", "聊城祥光轴承有限公司"), Listed("E2", "聊城翔光轴承有限公司")])
    >>> resolve("祥光轴承", index).enterprise
    'E1'
    """
    if not is_plain(mention, index.places):
        return resolve_all([mention], index, contexts=[context], scorer=scorer)[0]
    try:
        return OneMention(mention, index, context=context, scorer=scorer).resolved()
    except TooMany:
        return resolve_all([mention], index, contexts=[context], scorer=scorer)[0]


def resolve_all(
    mentions: Sequence[str], index: NameIndex, *, contexts: Sequence[str] = (), scorer: Scorer = LATEST
) -> Resolutions:
    """Find the enterprises many mentions mean; `contexts` gives the sentence or county beside each, or is empty.

    What is asked twice is looked up once. Raises ValueError where there are contexts for some mentions only.
    """
    asked = list(zip(mentions, contexts or [""] * len(mentions), strict=True))
    once = list(dict.fromkeys(asked))
    which = np.arange(len(asked))
    if len(once) < len(asked):
        number = {one: place for place, one in enumerate(once)}
        which = np.array([number[one] for one in asked], np.int64)
    pieces = Asked.of(once, index.places)
    texts = pieces.texts
    lots = [
        _lot(texts[first : first + _BLOCK], first, index, scorer) for first in range(0, len(texts), _BLOCK)
    ]
    lots = lots or [_lot([], 0, index, scorer)]
    pairs = Pairs.joined([pairs for pairs, _, _ in lots])
    compared = Compared.joined([compared for _, compared, _ in lots])
    scores = np.concatenate([scores for _, _, scores in lots])
    if not pieces.plain:
        pairs, compared, scores = pieces.put_together(pairs, compared, scores, rows=index.rows, scorer=scorer)
    return Resolutions(
        [text for text, _ in once],
        pairs,
        compared,
        scores,
        which=which,
        index=index,
        scorer=scorer,
    )


def _lot(
    asked: Sequence[tuple[str, str]], first: int, index: NameIndex, scorer: Scorer
) -> tuple[Pairs, Compared, Scores]:
    """What is worth showing of some mentions, which are numbered from `first` on."""
    taken = mentions_of([text for text, _ in asked], [context for _, context in asked], index.places)
    pairs, compared, scores = _Resolving(taken, index, scorer).done()
    kept = scores >= scorer.ask
    shown = Pairs(pairs.mention[kept] + first, pairs.row[kept], pairs.way[kept])
    return shown, compared.only(kept), scores[kept]


def compared_with_all(
    mentions: Mentions, index: NameIndex, scorer: Scorer = LATEST
) -> tuple[Pairs, Compared, Scores]:
    """Every pair that shares a key, also beyond a name that agrees to the letter: for finding duplicates."""
    resolving = _Resolving(mentions, index, scorer)
    every = np.ones(len(mentions), np.bool_)
    return resolving.judged(resolving.candidates.joined_lots(every))


class _Resolving:
    def __init__(self, mentions: Mentions, index: NameIndex, scorer: Scorer) -> None:
        self._mentions, self._index, self._scorer = mentions, index, scorer
        self.candidates = Candidates(mentions, index.postings)
        self._comparison = Comparison(mentions, index.rows)

    def done(self) -> tuple[Pairs, Compared, Scores]:
        """Look in the cheap places first, and further only for mentions that found nothing certain."""
        literal, compared, scores = self.judged(self.candidates.literal())
        everything = [(literal, compared, scores)]
        rows = self._index.rows
        whole = (rows.form[literal.row] != NO_FORM) | (rows.branch[literal.row] != 0)
        settled = np.zeros(len(self._mentions), np.bool_)
        settled[literal.mention[(compared.name == NameLevel.REGISTERED) & whole]] = True
        if not settled.all():
            everything.append(self.judged(self.candidates.agreeing(~settled)))
            best = np.zeros(len(self._mentions))
            for pairs, _, found in everything:
                np.maximum.at(best, pairs.mention, found)
            open_ = ~settled & (best < AGREES)
            if open_.any():
                everything.append(self.judged(self.candidates.near(open_)))
        return (
            Pairs.joined([pairs for pairs, _, _ in everything]),
            Compared.joined([levels for _, levels, _ in everything]),
            np.concatenate([found for _, _, found in everything]),
        )

    def judged(self, pairs: Pairs) -> tuple[Pairs, Compared, Scores]:
        names = self._comparison.names(pairs)
        kept = np.flatnonzero(self._index.rows.alive[pairs.row] & (names != NameLevel.REJECTED))
        pairs = Pairs(pairs.mention[kept], pairs.row[kept], pairs.way[kept])
        compared = self._comparison.of(pairs, names[kept])
        scores = self._scorer.scores(
            name=compared.name,
            place=compared.place,
            context=compared.context,
            form=compared.form,
            group=compared.group,
            branch=compared.branch,
        )
        return pairs, compared, scores
