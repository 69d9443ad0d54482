"""Records of one registry that may be one enterprise: proposals for the tray of duplicates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from lianzhang.naming.compare.levels import FormLevel, PlaceLevel
from lianzhang.naming.compare.reasons import ABOUT, Reason, reasons_for
from lianzhang.naming.index import NameIndex
from lianzhang.naming.mentions import mentions_of
from lianzhang.naming.resolving import compared_with_all
from lianzhang.naming.scorers import LATEST, Scorer

_BLOCK = 32_768


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two ids that may be one, the names that met, the score and the reasons."""

    left: str
    right: str
    left_name: str
    right_name: str
    score: float
    reasons: tuple[Reason, ...]


_WIDER = (PlaceLevel.WITHIN, PlaceLevel.BROADER, PlaceLevel.RENAMED, PlaceLevel.RENAMED_WITHIN)


def duplicates(
    index: NameIndex,
    *,
    judged: Collection[tuple[str, str]] = (),
    at_least: float | None = None,
    scorer: Scorer = LATEST,
) -> list[Duplicate]:
    """Pairs of enterprises whose names agree, most alike first.

    `judged` are pairs somebody has decided on (the smaller id first); they are left out. `at_least` is the least
    score, by default the scorer's `link`.

    >>> from lianzhang.naming import Listed
    >>> index = NameIndex.of([Listed("E1", "聊城市鑫亚轴承有限公司"), Listed("E2", "聊城鑫亚轴承有限责任公司")])
    >>> [(pair.left, pair.right) for pair in duplicates(index)]
    [('E1', 'E2')]
    """
    least = scorer.link if at_least is None else at_least
    best: dict[tuple[int, int], Duplicate] = {}
    rows = index.rows
    standing = np.flatnonzero(rows.alive[: rows.count])
    for first in range(0, len(standing), _BLOCK):
        block = standing[first : first + _BLOCK]
        names = [index.names[int(row)] for row in block]
        pairs, compared, scores = compared_with_all(mentions_of(names, (), index.places), index, scorer)
        one, other = rows.owner[block[pairs.mention]], rows.owner[pairs.row]
        # 聊城市X有限公司 and 冠县X有限公司 are two registrations, though a mention of the one may mean the other.
        wider = np.isin(compared.place, _WIDER)
        registered_apart = wider & (compared.form != FormLevel.UNSTATED)
        for at in np.flatnonzero((one != other) & (scores >= least) & ~registered_apart).tolist():
            two = (int(one[at]), int(other[at]))
            key = (min(two), max(two))
            if key in best and best[key].score >= scores[at]:
                continue
            ids = (index.enterprise_id(two[0]), index.enterprise_id(two[1]))
            texts = (names[int(pairs.mention[at])], index.names[int(pairs.row[at])])
            (left, left_name), (right, right_name) = sorted(zip(ids, texts, strict=True))
            levels = tuple(int(getattr(compared, about)[at]) for about in ABOUT)
            best[key] = Duplicate(left, right, left_name, right_name, float(scores[at]), reasons_for(levels))
    known = set(judged)
    found = [pair for pair in best.values() if (pair.left, pair.right) not in known]
    return sorted(found, key=lambda pair: (-pair.score, pair.left, pair.right))
