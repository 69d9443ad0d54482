"""The second scorer: the first, with former names that are said to be so, and short names that the registry states.

Why: a short name the registry lists for one firm is that firm's, however many others could be called so; the first
scorer asked, while it linked a full name with a misheard character. Another firm that the mention places as well as
names (0.97) is still asked about. A name said to be a former one that the registry has in use is asked about too.
"""

from __future__ import annotations

from dataclasses import replace

from lianzhang.naming.compare.levels import SaidLevel
from lianzhang.naming.scorers.v1 import V1

V2 = replace(
    V1,
    version="v2",
    stated_margin=0.02,
    said={
        SaidLevel.UNSAID: 0.0,
        SaidLevel.FORMER: 0.0,
        SaidLevel.CURRENT: 0.13,
        SaidLevel.BOTH: 0.0,
        SaidLevel.ONE: 0.0,
        SaidLevel.AMONG: 0.0,
    },
)
