"""The second scorer: the first, with former names that are said to be so, and short names that the registry states.

Why: a short name the registry lists for one firm is that firm's, however many others could be called so; the first
scorer asked, while it linked a full name with a misheard character. Another firm that the mention places as well as
names (0.97) is still asked about. A name said to be a former one that the registry has in use is asked about too.
"""

from __future__ import annotations

from dataclasses import replace

from lianzhang.naming.compare.levels import FormerLevel
from lianzhang.naming.scorers.v1 import V1

V2 = replace(
    V1,
    version="v2",
    stated_margin=0.02,
    former={
        FormerLevel.UNSAID: 0.0,
        FormerLevel.FORMER: 0.0,
        FormerLevel.CURRENT: 0.13,
        FormerLevel.BOTH: 0.0,
        FormerLevel.ONE: 0.0,
    },
)
