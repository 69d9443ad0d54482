"""The first scorer. Set on made registries (seed 1) and the bundled firms; checked on other seeds and by hand.

Why these numbers: a full agreement in every stated part is 0.97, so that a name to the letter (1.0) and its listed
names (0.98) stand before it but within the margin. What another firm could well be called loses more than the
margin. What a careful officer would not settle without asking falls below `link`; what he would not even be asked
about falls below `ask`.
"""

from __future__ import annotations

from lianzhang.naming.compare.levels import (
    BranchLevel,
    FormLevel,
    GroupLevel,
    NameLevel,
    PlaceLevel,
    SaidLevel,
)
from lianzhang.naming.scorers.scorer import Scorer

V1 = Scorer(
    version="v1",
    name={
        NameLevel.REJECTED: 0.0,
        NameLevel.REGISTERED: 1.0,
        NameLevel.FORMER: 0.98,
        NameLevel.SHORT: 0.98,
        NameLevel.CORE: 0.97,
        NameLevel.ABBREVIATED: 0.95,
        NameLevel.BRAND_LONG: 0.90,
        NameLevel.BRAND_SHORT: 0.74,
        NameLevel.SLIP_TRADE: 0.92,
        NameLevel.SLIP_LONG: 0.92,
        NameLevel.SLIP_SHORT: 0.875,
        NameLevel.SLIP_OTHER: 0.66,
        NameLevel.HALF: 0.60,
        NameLevel.SOUND: 0.72,
        NameLevel.ROMAN: 0.72,
        NameLevel.OVERSTATED: 0.80,
        # A pair like this was no more to the first scorer than one that agrees in both.
        NameLevel.SPOKEN: 0.97,
    },
    # 聊城X有限公司 and 山东X有限公司 are two registered names, unless an address says otherwise.
    place_in_full_name={
        PlaceLevel.SAME: 0.0,
        PlaceLevel.WITHIN: 0.03,
        PlaceLevel.UNSTATED: 0.01,
        PlaceLevel.UNKNOWN: 0.08,
        PlaceLevel.BROADER: 0.095,
        PlaceLevel.ELSEWHERE: 0.30,
        # The first scorer did not ask which division the firm's own name names.
        PlaceLevel.RENAMED: 0.0,
        PlaceLevel.RENAMED_WITHIN: 0.03,
    },
    # People put the county they know before a short name.
    place_in_short_name={
        PlaceLevel.SAME: 0.0,
        PlaceLevel.WITHIN: 0.08,
        PlaceLevel.UNSTATED: 0.01,
        PlaceLevel.UNKNOWN: 0.085,
        PlaceLevel.BROADER: 0.085,
        PlaceLevel.ELSEWHERE: 0.30,
        PlaceLevel.RENAMED: 0.0,
        PlaceLevel.RENAMED_WITHIN: 0.08,
    },
    context={
        PlaceLevel.SAME: 0.0,
        PlaceLevel.WITHIN: 0.0,
        PlaceLevel.UNSTATED: 0.0,
        PlaceLevel.UNKNOWN: 0.02,
        PlaceLevel.BROADER: 0.02,
        PlaceLevel.ELSEWHERE: 0.16,
        PlaceLevel.RENAMED: 0.0,
        PlaceLevel.RENAMED_WITHIN: 0.0,
    },
    form={
        FormLevel.SAME: 0.0,
        FormLevel.UNSTATED: 0.0,
        FormLevel.KIN: 0.075,
        FormLevel.MISSING: 0.04,
        FormLevel.OTHER: 0.28,
    },
    group={
        GroupLevel.SAME: 0.0,
        GroupLevel.UNSTATED: 0.01,
        GroupLevel.ONLY_MENTION: 0.16,
        GroupLevel.ONLY_FIRM: 0.16,
    },
    branch={
        BranchLevel.SAME: 0.0,
        BranchLevel.ONLY_MENTION: 0.28,
        BranchLevel.ONLY_FIRM: 0.28,
        BranchLevel.UNSTATED: 0.10,
        BranchLevel.OTHER: 0.34,
    },
    doubtful=frozenset(
        {NameLevel.SLIP_LONG, NameLevel.SLIP_SHORT, NameLevel.SLIP_OTHER, NameLevel.SOUND, NameLevel.HALF}
    ),
    doubt=0.05,
    placed_brand=0.15,
    softly=0.5,
    softly_stated=0.5,
    link=0.88,
    ask=0.55,
    margin=0.07,
    # The first scorer knew neither.
    stated_margin=0.07,
    said=dict.fromkeys(SaidLevel, 0.0),
)
