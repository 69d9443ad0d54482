"""The third scorer: the second, asking more where a second firm may well be meant.

Why, from a set of mentions by somebody who did not know the program: a full name that puts another division before
it (聊城恒达 for 临清市恒达) may be another firm's, so a person decides; a short name is borne in several counties, so a
context that speaks of another one counts in full, as does one that names the industry of another firm with that
trade name. A short mention of a group is as good as one of any other firm.
"""

from __future__ import annotations

from dataclasses import replace

from lianzhang.naming.compare.levels import GroupLevel, NameLevel, PlaceLevel
from lianzhang.naming.scorers.v2 import V2

V3 = replace(
    V2,
    version="v3",
    name={**V2.name, NameLevel.SPOKEN: 0.99},
    group={**V2.group, GroupLevel.UNSTATED: 0.0},
    softly_stated=1.0,
    asked_about=frozenset({PlaceLevel.RENAMED, PlaceLevel.RENAMED_WITHIN}),
)
