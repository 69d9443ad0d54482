"""What a claim, a corrected claim and a fact have in common: the statement, and how two of them compare."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from lianzhang.kernel.quantity import split_scale


class Relation(StrEnum):
    """How a new statement stands to a stored one on the same thing."""

    #: They speak of different things after all: another unit, another base of comparison.
    APART = "apart"
    #: It says nothing that is not stored.
    SAME = "same"
    #: It agrees and says more.
    MORE = "more"
    #: Both cannot hold as they stand.
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who, what, when, how much. Field names are those of the columns of claims and facts."""

    subject: str
    indicator: str
    kind: str = "metric"
    period: str = ""
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    change_pct: Decimal | None = None
    change_low: Decimal | None = None
    change_high: Decimal | None = None
    change_qualifier: str = ""
    change_base: str = ""
    title: str = ""
    level: str = ""
    batch: str = ""
    sub_field: str = ""
    project: str = ""
    planned: bool = False
    scope: str = ""
    found: int | None = None

    @classmethod
    def of(cls, row: Any) -> Statement:
        """The statement of a claim or fact."""
        return cls(**{item.name: getattr(row, item.name) for item in fields(cls)})

    def columns(self) -> dict[str, Any]:
        """Every field by its column name."""
        return asdict(self)

    def said(self) -> dict[str, Any]:
        """The fields that say something, for the journal."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "", False)}

    @property
    def key(self) -> tuple[Any, ...]:
        """What two statements must share to be about the same thing."""
        return (
            self.subject,
            self.indicator,
            self.period,
            self.scope,
            self.title,
            self.level,
            self.batch,
            self.project,
            self.planned,
        )

    def relation_to(self, stored: Statement) -> Relation:
        """How this statement stands to one that is stored already."""
        if self.key != stored.key:
            return Relation.APART
        parts = (
            _relation(self._amount(), stored._amount(), apart=self._measures_otherwise(stored)),
            _relation(self._change(), stored._change(), apart=self._compares_otherwise(stored)),
            _relation(self.sub_field or None, stored.sub_field or None),
        )
        for decisive in (Relation.DIFFERENT, Relation.APART, Relation.MORE):
            if decisive in parts:
                return decisive
        return Relation.SAME

    def _amount(self) -> tuple[Any, ...] | None:
        """The amount in the base unit, so that 0.3亿元 equals 3000万元."""
        if self.value is None and self.low is None:
            return None
        factor, _ = split_scale(self.unit)
        ends = (None if end is None else end * factor for end in (self.value, self.low, self.high))
        return (*ends, self.qualifier or "exact")

    def _change(self) -> tuple[Any, ...] | None:
        if self.change_pct is None and self.change_low is None:
            return None
        return self.change_pct, self.change_low, self.change_high, self.change_qualifier or "exact"

    def _measures_otherwise(self, other: Statement) -> bool:
        return split_scale(self.unit)[1] != split_scale(other.unit)[1]

    def _compares_otherwise(self, other: Statement) -> bool:
        return bool(self.change_base and other.change_base) and self.change_base != other.change_base


def _relation(new: Any, stored: Any, *, apart: bool = False) -> Relation:
    if new is None:
        return Relation.SAME
    if stored is None:
        return Relation.MORE
    if apart:
        return Relation.APART
    return Relation.SAME if new == stored else Relation.DIFFERENT
