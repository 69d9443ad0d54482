"""A claim in the making, in coordinates of the reading copy."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from lianzhang.kernel import Change, ClaimKind, Period, Qualifier, Text


@dataclass(slots=True)
class Draft:
    """One statement while the grammar still adds to it.

    `start:end` is the clause part that states it, `number_start:number_end` the number itself.
    """

    start: int
    end: int
    kind: ClaimKind
    indicator: str
    subject: str = ""
    known: bool = False
    number_start: int = -1
    number_end: int = -1
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    qualifier: Qualifier = Qualifier.EXACT
    change: Change | None = None
    period: Period | None = None
    period_support: str = "none"
    subject_support: str = "none"
    title: str = ""
    level: str = ""
    batch: str = ""
    planned: bool = False
    project: str = ""
    sub_field: str = ""
    scope: str = ""
    damaged: bool = False
    damage_reason: Text | None = None
    subject_hint: str = ""
    doubts: list[Text] = field(default_factory=list)
    numbers: list[tuple[int, int]] = field(default_factory=list)

    @property
    def quantitative(self) -> bool:
        """Whether it states a value or a change."""
        return self.value is not None or self.low is not None or self.change is not None or self.damaged
