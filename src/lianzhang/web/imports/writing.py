"""Rows that are new or changed, as the entries that the registry stores."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby, islice

import polars as pl

from lianzhang.tables.difference import Outcome, canonical
from lianzhang.tables.mapping import TICKED
from lianzhang.tables.values.currencies import YUAN
from lianzhang.web.imports.examining import Examined
from lianzhang.web.imports.registry_fields import CONTACT, FACTS, INDUSTRY, NAMES, STATUS, TITLE_STATES
from lianzhang.web.registry import base_facts
from lianzhang.web.registry.entries import (
    ContactEntry,
    Entries,
    ExportEntry,
    NameEntry,
    NewEnterprise,
    SupplyEntry,
    TitleEntry,
    ValueEntry,
    new_enterprise_id,
)

_NUMERIC = frozenset({"capital"})
_ROWS_AT_ONCE = 1000


def entries_of(examined: Examined) -> Iterator[tuple[str, Entries]]:
    """Everything that the import brings, some rows at a time so that a large one stays small in memory.

    Beside each part the source that its rows name themselves; empty for the source of the whole table.
    Possible duplicates that nobody decided about stay out.
    """
    kind = examined.checked.kind.id
    if kind in ("enterprises", "figures"):
        yield from (("", entries) for entries in _firms(examined))
        return
    rows = sorted(_changed_rows(examined), key=_source)
    for source, group in groupby(rows, key=_source):
        while some := list(islice(group, _ROWS_AT_ONCE)):
            if kind == "titles":
                yield source, Entries(titles=[_title(row) for row in some])
            elif kind == "exports":
                yield source, Entries(exports=[_export(row) for row in some])
            else:
                yield source, Entries(supply=[_supply(row) for row in some])


def _source(row: dict[str, str | None]) -> str:
    return row.get("source") or ""


def _firms(examined: Examined) -> Iterator[Entries]:
    outcomes, good = examined.difference.outcomes, examined.checked.good
    fresh = outcomes.filter((pl.col("outcome") == Outcome.NEW.value) & pl.col("known").is_null())["row"]
    undecided = outcomes.filter(pl.col("outcome") == Outcome.DUPLICATE.value)["row"]
    changes = examined.difference.changes.filter(~pl.col("row").is_in(undecided.implode()))
    known = dict(outcomes.filter(pl.col("known").is_not_null()).select("row", "known").rows())
    for start in range(0, len(fresh), _ROWS_AT_ONCE):
        rows = fresh.slice(start, _ROWS_AT_ONCE)
        ids = {row: new_enterprise_id() for row in rows}
        brought = canonical(good.filter(pl.col("row").is_in(rows.implode())))
        new = [
            NewEnterprise(id=ids[row], name=name) for row, name in brought.select("row", "name").iter_rows()
        ]
        yield _collected(ids, _long(brought.drop("name")), new)
    touched = changes["row"].unique(maintain_order=True)
    for start in range(0, len(touched), _ROWS_AT_ONCE):
        rows = touched.slice(start, _ROWS_AT_ONCE)
        part = changes.filter(pl.col("row").is_in(rows.implode())).select("row", "key", value="new")
        yield _collected(known, _with_whole_contacts(part, good), [])


def _collected(firm_of: dict[int, str], cells: pl.DataFrame, new: list[NewEnterprise]) -> Entries:
    entries = _FirmEntries(firm_of)
    entries.add_all(cells)
    return Entries(
        new=new,
        names=entries.names,
        values=entries.values,
        contacts=entries.contacts(),
        titles=entries.titles,
    )


def _with_whole_contacts(cells: pl.DataFrame, good: pl.DataFrame) -> pl.DataFrame:
    """The changed cells; where one of a contact changed, all that its row says of the contact."""
    rows = cells.filter(pl.col("key").is_in(CONTACT))["row"].unique()
    columns = [name for name in CONTACT if name in good.columns]
    if not len(rows):
        return cells
    whole = _long(canonical(good.filter(pl.col("row").is_in(rows.implode())).select("row", *columns)))
    return pl.concat([cells.filter(~pl.col("key").is_in(CONTACT)), whole])


def _long(rows: pl.DataFrame) -> pl.DataFrame:
    """Every filled cell of new rows: `row`, `key`, `value`."""
    long = rows.unpivot(index="row", variable_name="key", value_name="value")
    return long.filter(pl.col("value").is_not_null()).with_columns(pl.col("row").cast(pl.UInt32))


class _FirmEntries:
    """Collects the entries about enterprises from single cells."""

    def __init__(self, firm_of: dict[int, str]) -> None:
        self.firm_of = firm_of
        self.names: list[NameEntry] = []
        self.values: list[ValueEntry] = []
        self.titles: list[TitleEntry] = []
        self._contacts: dict[str, dict[str, str]] = {}

    def add_all(self, cells: pl.DataFrame) -> None:
        """Turn each cell into what it is kept as."""
        for (key,), part in cells.partition_by("key", as_dict=True).items():
            for row, value in part.select("row", "value").iter_rows():
                self._add(self.firm_of[row], str(key), value)

    def _add(self, firm: str, key: str, value: str) -> None:
        field, _, year = key.partition("@")
        if field == "name":
            self.names.append(NameEntry(enterprise=firm, name=value, kind="registered"))
        elif field in NAMES:
            self.names += [
                NameEntry(enterprise=firm, name=name, kind=NAMES[field]) for name in value.split("；")
            ]
        elif field == TICKED:
            title, _, level = year.partition("@")
            self.titles.append(TitleEntry(enterprise=firm, title=title, level=level))
        elif field in CONTACT:
            self._contacts.setdefault(firm, {})[field] = value
        elif field == INDUSTRY:
            self.values += _industry(firm, value)
        elif year or field in _NUMERIC:
            self.values.append(_number(firm, FACTS.get(field, field), value, period=year))
        elif field in FACTS:
            self.values.append(ValueEntry(enterprise=firm, fact=FACTS[field], text=_text(field, value)))

    def contacts(self) -> list[ContactEntry]:
        """One contact for each enterprise of which something was said."""
        return [
            ContactEntry(
                enterprise=firm,
                name=said.get("contact_name", ""),
                duty=said.get("contact_duty", ""),
                phone=said.get("contact_phone", ""),
            )
            for firm, said in self._contacts.items()
        ]


def _industry(firm: str, value: str) -> Iterator[ValueEntry]:
    main, _, further = value.partition(" ")
    yield ValueEntry(enterprise=firm, fact=base_facts.INDUSTRY_CODE, text=main)
    if further:
        yield ValueEntry(enterprise=firm, fact=base_facts.FURTHER_INDUSTRY_CODES, text=further)


def _text(field: str, value: str) -> str:
    if field == "status":
        return STATUS.get(value, value)
    return value.replace("；", "\n") if field == "products" else value


def _number(firm: str, fact: str, value: str, *, period: str = "") -> ValueEntry:
    number, qualifier = _split(value)
    known = base_facts.dictionary().get(fact)
    return ValueEntry(
        enterprise=firm,
        fact=fact,
        period=period,
        number=number,
        unit=known.unit if known else "",
        qualifier=qualifier,
    )


def _split(value: str) -> tuple[Decimal, str]:
    """`over 3000` as the number and its qualifier."""
    word, _, digits = value.rpartition(" ")
    return Decimal(digits), word


def _changed_rows(examined: Examined) -> Iterator[dict[str, str | None]]:
    """The rows of records that are new or differ, each with `firm` and the ids of both ends."""
    wanted = (Outcome.NEW.value, Outcome.CHANGED.value)
    outcomes = examined.difference.outcomes.filter(pl.col("outcome").is_in(wanted))
    rows = outcomes.join(canonical(examined.checked.good), on="row", how="left", maintain_order="left")
    yield from rows.iter_rows(named=True)


def _title(row: dict[str, str | None]) -> TitleEntry:
    return TitleEntry(
        enterprise=row["firm"] or "",
        title=row["title"] or "",
        level=row.get("level") or "",
        batch=row.get("batch") or "",
        awarded=row.get("awarded") or "",
        valid_until=_day(row.get("valid_until")),
        document=row.get("document") or "",
        rechecked=_day(row.get("rechecked")),
        state=TITLE_STATES.get(row.get("state") or "", ""),
        state_on=_day(row.get("state_on")),
        because=row.get("because") or "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _export(row: dict[str, str | None]) -> ExportEntry:
    amount, qualifier = _split(row["amount"]) if row.get("amount") else (None, "")
    quantity = _split(row["quantity"] or "")[0] if row.get("quantity") else None
    return ExportEntry(
        enterprise=row["firm"] or "",
        period=row["period"] or "",
        product=row.get("product") or "",
        market=row.get("market") or "",
        amount=amount,
        unit=f"万{row.get('currency') or YUAN}" if amount is not None else "",
        quantity=quantity,
        quantity_unit=row.get("quantity_unit") or "" if quantity is not None else "",
        qualifier=qualifier,
    )


def _supply(row: dict[str, str | None]) -> SupplyEntry:
    amount, qualifier = _split(row["amount"]) if row.get("amount") else (None, "")
    return SupplyEntry(
        buyer_name=row["buyer"] or "",
        supplier_name=row["supplier"] or "",
        buyer=row["buyer_id"],
        supplier=row["supplier_id"],
        product=row.get("product") or "",
        amount=amount,
        unit="万元" if amount is not None else "",
        qualifier=qualifier,
        period=row.get("year") or "",
    )
