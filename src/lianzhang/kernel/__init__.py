"""The words every room uses: periods, quantities, evidence, claims, verdicts, events, errors."""

from lianzhang.kernel.claim import Certainty, Claim, ClaimKind
from lianzhang.kernel.errors import (
    Conflict,
    CreditCodeError,
    LianzhangError,
    NotAllowed,
    PackError,
    PeriodError,
    QuantityError,
    SettingsError,
    UnreadableDocument,
)
from lianzhang.kernel.event import Event, event_hash
from lianzhang.kernel.evidence import Evidence
from lianzhang.kernel.period import Period, PeriodKind
from lianzhang.kernel.quantity import Change, Qualifier, Quantity
from lianzhang.kernel.regions import Region, Regions
from lianzhang.kernel.text import Text
from lianzhang.kernel.verdict import Reason, Verdict

__all__ = [
    "Certainty",
    "Change",
    "Claim",
    "ClaimKind",
    "Conflict",
    "CreditCodeError",
    "Event",
    "Evidence",
    "LianzhangError",
    "NotAllowed",
    "PackError",
    "Period",
    "PeriodError",
    "PeriodKind",
    "Qualifier",
    "Quantity",
    "QuantityError",
    "Reason",
    "Region",
    "Regions",
    "SettingsError",
    "Text",
    "UnreadableDocument",
    "Verdict",
    "event_hash",
]
