"""A claim: one statement a document makes, before anybody has accepted it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lianzhang.kernel.evidence import Evidence
from lianzhang.kernel.period import Period
from lianzhang.kernel.quantity import Change, Quantity
from lianzhang.kernel.text import Text


class Certainty(StrEnum):
    """How far the reading may be trusted without a second look."""

    SURE = "sure"
    UNSURE = "unsure"
    DAMAGED = "damaged"


class ClaimKind(StrEnum):
    """What sort of statement a claim is."""

    METRIC = "metric"
    COUNT = "count"
    TITLE = "title"
    TITLE_COUNT = "title_count"
    SHARE = "share"
    RANK = "rank"
    GAP = "gap"
    DURATION = "duration"
    PROJECT = "project"
    PROJECT_COUNT = "project_count"
    ASSIGNMENT = "assignment"
    POLICY_COUNT = "policy_count"
    SPECIFICATION = "spec"


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement with the exact place it was read from.

    A damaged claim never carries a quantity: the characters that held it are not trusted.
    `mentions` are the further places where the document says the same thing. `found` is how many
    items the document goes on to name beside an announced count; None when it names none.
    """

    subject: str
    indicator: str
    kind: ClaimKind
    evidence: Evidence
    quantity: Quantity | None = None
    change: Change | None = None
    period: Period | None = None
    title: str = ""
    level: str = ""
    batch: str = ""
    planned: bool = False
    project: str = ""
    sub_field: str = ""
    scope: str = ""
    damaged: bool = False
    reason: Text | None = None
    subject_hint: str = ""
    certainty: Certainty = Certainty.SURE
    doubts: tuple[Text, ...] = ()
    mentions: tuple[Evidence, ...] = ()
    unit_hint: str = ""
    found: int | None = None

    def __post_init__(self) -> None:
        if self.damaged and self.quantity is not None:
            raise ValueError("a damaged claim carries no quantity")
