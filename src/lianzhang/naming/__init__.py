"""Naming: which enterprise a name means, or that it cannot be told.

A name is cleaned, taken apart into division, trade name, industry and form, looked up under the keys of its parts,
compared with what it meets, and linked only where one enterprise fits and no other comes near:

>>> index = NameIndex.of([
...     Listed("E1", "山东时风(集团)有限责任公司", short=("时风集团",), county="高唐县"),
...     Listed("E2", "临清市宏达轴承有限公司"),
...     Listed("E3", "冠县宏达轴承有限公司"),
... ])
>>> resolve("時風集團", index).enterprise
'E1'
>>> found = resolve("宏达轴承", index)
>>> str(found.outcome), [candidate.enterprise for candidate in found.candidates]
('ambiguous', ['E2', 'E3'])
>>> resolve("宏达轴承", index, context="冠县清水镇").enterprise
'E3'
"""

from lianzhang.naming.borne import Borne, borne_on
from lianzhang.naming.clean import clean
from lianzhang.naming.clusters import Clusters, clusters
from lianzhang.naming.compare.reasons import Reason
from lianzhang.naming.duplicates import Duplicate, duplicates
from lianzhang.naming.finder import Finder, Hit
from lianzhang.naming.index import DoubleEnterprise, Listed, NameIndex, UnknownEnterprise
from lianzhang.naming.judgements import Decision, Judgement, in_force
from lianzhang.naming.parts import Parts, split
from lianzhang.naming.places import Places, places_of, places_of_pack
from lianzhang.naming.resolution import Candidate, Outcome, Resolution, Resolutions
from lianzhang.naming.resolving import resolve, resolve_all
from lianzhang.naming.rows import NameKind
from lianzhang.naming.scorers import LATEST, SCORERS, Scorer
from lianzhang.naming.spelling import SpellingSearch

__all__ = [
    "LATEST",
    "SCORERS",
    "Borne",
    "Candidate",
    "Clusters",
    "Decision",
    "DoubleEnterprise",
    "Duplicate",
    "Finder",
    "Hit",
    "Judgement",
    "Listed",
    "NameIndex",
    "NameKind",
    "Outcome",
    "Parts",
    "Places",
    "Reason",
    "Resolution",
    "Resolutions",
    "Scorer",
    "SpellingSearch",
    "UnknownEnterprise",
    "borne_on",
    "clean",
    "clusters",
    "duplicates",
    "in_force",
    "places_of",
    "places_of_pack",
    "resolve",
    "resolve_all",
    "split",
]
