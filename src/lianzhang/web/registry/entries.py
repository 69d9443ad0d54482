"""What is to be written about enterprises, as plain values. Other nouns hand these to `actions.enter`.

Each entry names its enterprise by public id; a new enterprise gets its id first, from `new_enterprise_id`,
so that entries about it can be made before it is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from lianzhang.web.registry.models.enterprise import new_enterprise_id

__all__ = [
    "BrandEntry",
    "ContactEntry",
    "Entries",
    "ExportEntry",
    "NameEntry",
    "NewEnterprise",
    "Source",
    "SupplyEntry",
    "TitleEntry",
    "ValueEntry",
    "new_enterprise_id",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where all entries of one writing come from.

    `kind` is one of `Recording.Kind`; `name` the source in words (a file, a list, a report); `as_of` the day
    up to which it speaks; `batch` the import it belongs to, for `withdraw_batch`.
    """

    kind: str
    name: str
    as_of: date | None = None
    batch: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEnterprise:
    """An enterprise that the registry does not have. Its name and all values are entries of their own."""

    id: str
    name: str
    #: `registered` when the full registered name is known, else `short`.
    name_kind: str = "registered"
    doubt: str = ""
    remark: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NameEntry:
    """One more name: `kind` is registered, former, short or english."""

    enterprise: str
    name: str
    kind: str
    starts: date | None = None
    ends: date | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueEntry:
    """One value of one fact of the dictionary. `period` is the text form of `kernel.Period`.

    Numbers go into `number` (or `low` and `high` with qualifier `range`), everything else into `text`:
    lists with one item a line, `yes` or `no`, days as ISO 8601, counties by the id of the pack.
    """

    enterprise: str
    fact: str
    period: str = ""
    number: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    text: str = ""
    unit: str = ""
    qualifier: str = ""
    doubt: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleEntry:
    """A title given. `awarded` is the text form of a period: a day, or only the year.

    `rechecked` is the day of a re-check that was passed. `state` is one of `TitleChange.What` where the list
    says how the title stands, since `state_on` (without one, the day of the source), `because` of this. An
    entry about a title that is stored already adds what it says to that one.
    """

    enterprise: str
    title: str
    tier: str = ""
    level: str = ""
    batch: str = ""
    awarded: str = ""
    valid_until: date | None = None
    document: str = ""
    doubt: str = ""
    rechecked: date | None = None
    state: str = ""
    state_on: date | None = None
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandEntry:
    """A brand on an official list."""

    enterprise: str
    brand: str
    listing: str
    level: str = ""
    listed: str = ""
    valid_until: date | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportEntry:
    """What was sold abroad in a period; `market` is a country or region, empty for all together."""

    enterprise: str
    period: str
    product: str = ""
    market: str = ""
    amount: Decimal | None = None
    unit: str = ""
    quantity: Decimal | None = None
    quantity_unit: str = ""
    qualifier: str = ""
    doubt: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyEntry:
    """Who buys what from whom. At least one end is in the registry; the other may be a bare name."""

    buyer_name: str
    supplier_name: str
    buyer: str | None = None
    supplier: str | None = None
    product: str = ""
    amount: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    period: str = ""
    doubt: str = ""
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEntry:
    """Whom to call. The number is sealed when it is stored.

    `name` is empty where a table gives a number alone. `instead_of` is the id of the contact whose place this one
    takes; one of the same name gives way without being named.
    """

    enterprise: str
    name: str
    duty: str = ""
    phone: str = ""
    instead_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Everything that one writing brings."""

    new: Sequence[NewEnterprise] = ()
    names: Sequence[NameEntry] = ()
    values: Sequence[ValueEntry] = ()
    titles: Sequence[TitleEntry] = ()
    brands: Sequence[BrandEntry] = ()
    exports: Sequence[ExportEntry] = ()
    supply: Sequence[SupplyEntry] = ()
    contacts: Sequence[ContactEntry] = ()

    def enterprises(self) -> set[str]:
        """The ids of all enterprises spoken of."""
        of_one = (self.names, self.values, self.titles, self.brands, self.exports, self.contacts)
        ids = {entry.enterprise for group in of_one for entry in group}
        ids.update(end for entry in self.supply for end in (entry.buyer, entry.supplier) if end)
        return ids | {entry.id for entry in self.new}
