"""What a kind of table is made of: its fields, what they are called in the tables of offices, what must be there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lianzhang.kernel import Text


class FieldType(StrEnum):
    """How the cells of a column read."""

    CODE = "code"  # unified social credit code
    TEXT = "text"
    LIST = "list"  # several items in one cell
    CHOICE = "choice"
    DATE = "date"
    DUE = "due"  # a day, or the last day of a month, half-year or year
    AMOUNT = "amount"  # Decimal in the field's unit
    COUNT = "count"  # whole number
    COUNTY = "county"
    INDUSTRY = "industry"
    PERIOD = "period"
    YEAR = "year"
    PHONE = "phone"
    TICK = "tick"  # whether the title in the header is held; several columns may be one


def written(names: str) -> tuple[str, ...]:
    """Names written with blanks between them."""
    return tuple(names.split())


@dataclass(frozen=True, slots=True)
class Field:
    """One column a kind knows.

    `names` are the headers it goes by besides its label. `unit` is the unit it is kept in.
    `words` maps what people write to what is kept, for choices. `past` refuses days after today.
    `yearly` marks figures that mean nothing without their year, `foreign` money that may be that of another country.
    `unless` is a field that spares a required one.
    `dated_by` is the field of the row for which a period in the header stands: 2024年出口额.
    """

    id: str
    label: Text
    type: FieldType
    names: tuple[str, ...] = ()
    required: bool = False
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    longest: int = 200
    past: bool = False
    negative: bool = False
    yearly: bool = False
    foreign: bool = False
    dated_by: str = ""
    unless: str = ""
    example: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of table.

    `identity` lists alternatives: a row is known by the first set of fields it fills; two rows with the
    same identity are one row written twice. `any_of` are fields of which each row needs at least one.
    """

    id: str
    label: Text
    fields: tuple[Field, ...]
    identity: tuple[tuple[str, ...], ...]
    any_of: tuple[str, ...] = ()
    #: Fields that by themselves say that a table is of this kind and no other.
    telling: tuple[str, ...] = ()

    def __getitem__(self, field_id: str) -> Field:
        for item in self.fields:
            if item.id == field_id:
                return item
        raise KeyError(field_id)

    def __contains__(self, field_id: object) -> bool:
        return any(item.id == field_id for item in self.fields)

    @property
    def dated(self) -> bool:
        """Whether columns may stand for a period each, which then is a value of the row."""
        return any(item.dated_by for item in self.fields)

    @property
    def required(self) -> tuple[Field, ...]:
        """Fields that every row must fill."""
        return tuple(item for item in self.fields if item.required)
