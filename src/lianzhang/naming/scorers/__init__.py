"""Scorers, side by side: a published version never changes, a better one gets the next number.

A judgement names the scorer that proposed it, so that old proposals can be reproduced.
"""

from __future__ import annotations

from lianzhang.naming.scorers.scorer import Scorer
from lianzhang.naming.scorers.v1 import V1
from lianzhang.naming.scorers.v2 import V2
from lianzhang.naming.scorers.v3 import V3

SCORERS = {scorer.version: scorer for scorer in (V1, V2, V3)}
LATEST = V3

__all__ = ["LATEST", "SCORERS", "V1", "V2", "V3", "Scorer"]
