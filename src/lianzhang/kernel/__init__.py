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
from lianzhang.kernel.fact import (
    Fact,
    FactError,
    FactPeriod,
    FactType,
    FactValue,
    KnownFact,
    Origin,
    Sensitivity,
    choices_known,
    choices_unsure,
    unsure,
)
from lianzhang.kernel.fact_dictionary import FactDictionary, fact_dictionary
from lianzhang.kernel.period import Period, PeriodKind
from lianzhang.kernel.quantity import Change, Qualifier, Quantity
from lianzhang.kernel.regions import Region, Regions
from lianzhang.kernel.text import Text
from lianzhang.kernel.verdict import Verdict

__all__ = [
    "Certainty",
    "Change",
    "Claim",
    "ClaimKind",
    "Conflict",
    "CreditCodeError",
    "Event",
    "Evidence",
    "Fact",
    "FactDictionary",
    "FactError",
    "FactPeriod",
    "FactType",
    "FactValue",
    "KnownFact",
    "LianzhangError",
    "NotAllowed",
    "Origin",
    "PackError",
    "Period",
    "PeriodError",
    "PeriodKind",
    "Qualifier",
    "Quantity",
    "QuantityError",
    "Region",
    "Regions",
    "Sensitivity",
    "SettingsError",
    "Text",
    "UnreadableDocument",
    "Verdict",
    "choices_known",
    "choices_unsure",
    "event_hash",
    "fact_dictionary",
    "unsure",
]
