"""What the registry holds, as the frames that tables are compared with: one text for each key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from lianzhang.kernel import clock
from lianzhang.tables.mapping import TICKED
from lianzhang.tables.values.currencies import YUAN, currency_of
from lianzhang.web.imports.firms import Firms, name_key
from lianzhang.web.imports.registry_fields import (
    CONTACT,
    FACTS,
    IDENTITY,
    INDUSTRY,
    JOINT,
    STATUS_WORDS,
    TITLE_STATE_WORDS,
)
from lianzhang.web.registry import base_facts, queries
from lianzhang.web.registry.frames import supply_frame, values_frame
from lianzhang.web.registry.search_keys import person_key
from lianzhang.web.registry.titles import holdings_in_force, state_on, valid_until

_LIST = "；"
_INDUSTRIES = (base_facts.INDUSTRY_CODE, base_facts.FURTHER_INDUSTRY_CODES)
_IDS_AT_ONCE = 1000


def firm_values(
    firms: Firms,
    ids: pl.Series,
    keys: list[str],
    *,
    said_by: date | None = None,
    named: Mapping[str, str] = MappingProxyType({}),
) -> pl.DataFrame:
    """For each enterprise a row of present values, or of those of the day `said_by`: `known` and the keys.

    Of several contacts it is the one that the table names, by enterprise in `named`; else the latest.
    """
    frame = pl.DataFrame({"known": ids})
    own = firms.firms.select(known="id", name="name", credit_code="code")
    frame = frame.join(own, on="known", how="left", maintain_order="left")
    for field, column in (("former_names", "former"), ("short_names", "short"), ("english_name", "english")):
        if field in keys:
            frame = frame.join(firms.further_names(column, field), on="known", how="left")
    if any(key in CONTACT for key in keys):
        frame = frame.join(_contacts(ids, said_by, named), on="known", how="left")
    return _with_facts(frame, keys, said_by)


def _with_facts(frame: pl.DataFrame, keys: list[str], said_by: date | None) -> pl.DataFrame:
    """Each fact is read by itself: all at once would hold every value of the registry with all its columns."""
    wanted: dict[str, list[str]] = {}
    for key in keys:
        wanted.setdefault(_fact_of(key), []).append(key)
    if INDUSTRY in keys:
        for fact in _INDUSTRIES:
            wanted.setdefault(fact, []).append(fact)
    for fact in sorted(wanted.keys() - {"", base_facts.CREDIT_CODE}):
        said = _said(fact, frame["known"], said_by)
        for key in wanted[fact]:
            frame = frame.join(_of_key(said, key, fact), on="known", how="left", maintain_order="left")
    return _with_industry(frame) if INDUSTRY in keys else frame


def _said(fact: str, ids: pl.Series, said_by: date | None) -> pl.DataFrame:
    """What counts for this fact: enterprise, period and one text, the latest last."""
    values = values_frame(facts=[fact], said_by=said_by)
    values = values.filter(pl.col("enterprise").is_in(ids.implode())).sort("as_of", "id")
    return values.select("enterprise", "period", _canonical(values).alias("said"))


def _fact_of(key: str) -> str:
    field, _, year = key.partition("@")
    return field if year and field != TICKED else FACTS.get(field, "")


def _of_key(said: pl.DataFrame, key: str, fact: str) -> pl.DataFrame:
    year = key.partition("@")[2]
    part = said.filter(pl.col("period") == year) if year else said
    part = part.unique("enterprise", keep="last").select(known="enterprise", said="said")
    if fact == base_facts.STATUS:
        part = part.with_columns(pl.col("said").replace(dict(STATUS_WORDS)))
    return part.rename({"said": key})


def _with_industry(frame: pl.DataFrame) -> pl.DataFrame:
    both = pl.concat_str(*_INDUSTRIES, separator=" ", ignore_nulls=True)
    return frame.with_columns(both.replace("", None).alias(INDUSTRY)).drop(_INDUSTRIES)


def _canonical(values: pl.DataFrame) -> pl.Series:
    """Numbers in the unit of the dictionary without padding, with their qualifier; texts in one line."""
    dictionary, number = base_facts.dictionary(), pl.col("number")
    pairs = values.select("fact", "unit").unique().rows()
    for fact, unit in pairs:
        known = dictionary.get(fact)
        factor = base_facts.factor_to(known.unit, unit) if known is not None and unit else 1
        if factor != 1:
            here = (pl.col("fact") == fact) & (pl.col("unit") == unit)
            number = pl.when(here).then(number * factor).otherwise(number)
    digits = number.cast(pl.Decimal(38, 6)).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")
    word = pl.col("qualifier").replace(["exact", ""], [None, None])
    numeric = pl.concat_str(word, digits, separator=" ", ignore_nulls=True)
    text = pl.col("text").str.replace_all("\n", _LIST)
    return values.select(pl.when(pl.col("number").is_not_null()).then(numeric).otherwise(text)).to_series()


def _contacts(ids: pl.Series, said_by: date | None, named: Mapping[str, str]) -> pl.DataFrame:
    found: dict[str, tuple[str, str, str, str]] = {}
    for start in range(0, len(ids), _IDS_AT_ONCE):
        told = queries.contacts_told(ids.slice(start, _IDS_AT_ONCE).to_list()).order_by("pk")
        rows: list[Any] = [
            row for row in told if (row.held_on(said_by) if said_by else row.superseded_id is None)
        ]
        rows.sort(key=lambda row: person_key(row.name) == person_key(named.get(row.head, "")))
        found.update({row.head: (row.head, row.name, row.duty, row.phone_masked) for row in rows})
    schema = dict.fromkeys(("known", *CONTACT), pl.String)
    return pl.DataFrame(list(found.values()), schema=schema, orient="row")


def records(kind: str) -> pl.DataFrame:
    """The records of a kind in the registry: `known` is their identity, the other columns their values."""
    if kind == "titles":
        return _identified(_titles(), kind, ("valid_until", "document", "rechecked", "state"))
    if kind == "exports":
        return _identified(_exports(), kind, ("amount", "quantity"))
    return _identified(_links(), kind, ("amount",))


def _titles() -> Iterable[dict[str, Any]]:
    today = clock.today()
    for row in holdings_in_force().select_related("enterprise"):
        told: list[Any] = row.told_changes  # type: ignore[attr-defined]
        until = valid_until(row)
        documents = [one for one in (row.document, *(change.document for change in told)) if one]
        days = [change.on.isoformat() for change in told if change.what == "rechecked"]
        yield {
            "firm": row.enterprise.merged_into_id or row.enterprise_id,
            "title": row.title,
            "level": row.level,
            "batch": row.batch,
            "awarded": row.awarded,
            "valid_until": until.isoformat() if until else None,
            "document": _LIST.join(documents) or None,
            "rechecked": _LIST.join(days) or None,
            "state": _LIST.join(sorted(_states_told(told) | _state_today(row, today))) or None,
        }


def _states_told(changes: list[Any]) -> set[str]:
    return {TITLE_STATE_WORDS[change.what] for change in changes}


def _state_today(holding: Any, day: date) -> set[str]:
    word = {"valid": "有效", "lapsed": "到期", "revoked": "撤销"}.get(state_on(holding, day))
    return {word} if word else set()


def _exports() -> Iterable[dict[str, Any]]:
    for row in queries.exports_in_force().select_related("enterprise"):
        yield {
            "firm": row.enterprise.merged_into_id or row.enterprise_id,
            "period": row.period,
            "product": row.product,
            "market": row.market,
            "currency": money if (money := currency_of(row.unit)) != YUAN else "",
            "amount": _number(row.amount, row.unit, row.qualifier),
            "quantity": _number(row.quantity, row.quantity_unit, ""),
        }


def _links() -> Iterable[dict[str, Any]]:
    for row in supply_frame().iter_rows(named=True):
        yield {
            "firm": "",
            "supplier": row["supplier"] or name_key(row["supplier_name"]),
            "buyer": row["buyer"] or name_key(row["buyer_name"]),
            "product": row["product"],
            "year": row["period"],
            "amount": _number(row["amount"], row["unit"], ""),
        }


def _number(number: Any, unit: str, qualifier: str) -> str | None:
    if number is None:
        return None
    if money := currency_of(unit):
        number = number * base_facts.factor_to(f"万{money}", unit)
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{qualifier} {text}" if qualifier not in ("", "exact") else text


def _identified(rows: Iterable[dict[str, Any]], kind: str, values: tuple[str, ...]) -> pl.DataFrame:
    found = [
        (
            JOINT.join([row["firm"], *(row[field] or "" for field in IDENTITY[kind])]),
            *(row[key] for key in values),
        )
        for row in rows
    ]
    schema = dict.fromkeys(("known", *values), pl.String)
    return pl.DataFrame(found, schema=schema, orient="row").unique("known", keep="last")
