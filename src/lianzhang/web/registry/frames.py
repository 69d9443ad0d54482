"""The registry as Polars frames, for policy matching, metrics and placing on chains.

These read whole tables and ask no permission: callers narrow the result to what the actor may see
(`queries.visible_to`) before anything of it is shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import polars as pl
from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce

from lianzhang.kernel import clock
from lianzhang.kernel.fact import Fact, FactPeriod, FactType
from lianzhang.web.registry.base_facts import CREDIT_CODE, dictionary, factor_to
from lianzhang.web.registry.models import Enterprise, EnterpriseName, EnterpriseValue, SupplyLink, ValueChoice
from lianzhang.web.registry.queries import IN_FORCE, STANDING, every
from lianzhang.web.registry.titles import holdings_in_force, tiers_held

#: Digits that a number keeps in a frame, before and behind the point.
NUMBER = pl.Decimal(38, 6)
_VALUES = {
    "enterprise": pl.String,
    "fact": pl.String,
    "period": pl.String,
    "period_end": pl.Date,
    "number": NUMBER,
    "low": NUMBER,
    "high": NUMBER,
    "text": pl.String,
    "unit": pl.String,
    "qualifier": pl.String,
    "as_of": pl.Date,
    "source": pl.String,
    "id": pl.Int64,
}
#: Rows read together: more would hold many small objects at once for nothing.
_AT_ONCE = 4000


def values_frame(
    *,
    as_of: date | None = None,
    known_on: date | None = None,
    said_by: date | None = None,
    facts: Iterable[str] | None = None,
) -> pl.DataFrame:
    """The value that counts for each enterprise, fact and period, one row each, with source and date.

    `as_of` leaves out what speaks of a later day or of a period that ends later, `said_by` only what was said
    as of a later day; `known_on` leaves out what was entered later, so that an old result can be computed
    again. Merged records count for their head.
    Columns: enterprise, fact, period, period_end, number (Decimal), low, high, text, unit, qualifier, as_of,
    source, id.
    """
    rows = _values(as_of=as_of, known_on=known_on, facts=facts)
    if said_by is not None:
        rows = rows.filter(as_of__lte=said_by)
    frame = _frame(rows.iterator(chunk_size=_AT_ONCE), _VALUES)
    key = ["enterprise", "fact", "period"]
    frame = frame.join(_chosen(known_on), on=key, how="left", maintain_order="left").with_columns(
        preferred=(pl.col("id") == pl.col("chosen")) & (pl.col("id").max().over(key) <= pl.col("seen_up_to"))
    )
    order = [pl.col("preferred").fill_null(value=False), "as_of", "id"]
    return frame.sort(order).unique(key, keep="last").sort(key).select(list(_VALUES))


def enterprise_frame(
    *, as_of: date | None = None, known_on: date | None = None, facts: Iterable[str] | None = None
) -> pl.DataFrame:
    """One row for each enterprise, one column for each fact of the dictionary: the latest value on `as_of`.

    Columns: `id`, `name`, `sample`, then each fact, null = not known: Decimal in the dictionary's unit for
    numbers, Int64 for integers, Boolean, Date, list of text for several choices, text otherwise; and
    `<fact>__period` for facts of a year. `holds` lists the tiers of titles that are valid on the day; it is null
    for an enterprise without a title of any tier, because nobody said that it holds none.
    """
    day = as_of or clock.today()
    base = _frame(
        every().order_by("pk").values_list("pk", "name", "sample").iterator(chunk_size=_AT_ONCE),
        {"id": pl.String, "name": pl.String, "sample": pl.Boolean},
    )
    values = values_frame(as_of=as_of, known_on=known_on, facts=facts)
    latest = values.sort("period_end", "as_of", "id", nulls_last=False).unique(
        ["enterprise", "fact"], keep="last"
    )
    parts = {str(key[0]): part for key, part in latest.partition_by("fact", as_dict=True).items()}
    columns = [
        base.select("id").join(_column(fact, parts.get(name, latest.clear())), on="id", how="left")
        for name, fact in dictionary().items()
        if (facts is None or name in set(facts)) and name != "holds"
    ]
    wide = pl.concat([base, *(column.drop("id") for column in columns)], how="horizontal")
    held = _holds(day)
    return wide.join(held, on="id", how="left", maintain_order="left")


_TYPES: dict[FactType, Any] = {
    FactType.NUMBER: NUMBER,
    FactType.INTEGER: pl.Int64,
    FactType.BOOLEAN: pl.Boolean,
    FactType.DATE: pl.Date,
    FactType.CHOICES: pl.List(pl.String),
    FactType.CHOICE: pl.String,
    FactType.TEXT: pl.String,
}


def _column(fact: Fact, part: pl.DataFrame) -> pl.DataFrame:
    """The values of one fact by enterprise, typed by the dictionary."""
    text, number = pl.col("text"), pl.col("number")
    if fact.type in (FactType.NUMBER, FactType.INTEGER):
        units = part["unit"].unique().to_list()
        factors = {unit: factor_to(fact.unit, unit) for unit in units}
        for unit, factor in factors.items():
            if factor != 1:
                number = pl.when(pl.col("unit") == unit).then(number * factor).otherwise(number)
        said = number.cast(_TYPES[fact.type])
    elif fact.type is FactType.BOOLEAN:
        said = text.replace_strict({"yes": True, "no": False}, default=None, return_dtype=pl.Boolean)
    elif fact.type is FactType.DATE:
        said = text.str.to_date("%Y-%m-%d", strict=False)
    elif fact.type is FactType.CHOICES:
        said = text.str.split("\n").list.eval(pl.element().filter(pl.element() != ""))
    else:
        said = text.replace("", None)
    columns = [pl.col("enterprise").alias("id"), said.alias(fact.name)]
    if fact.period is FactPeriod.YEAR:
        columns.append(pl.col("period").alias(f"{fact.name}__period"))
    return part.select(columns)


def _holds(day: date) -> pl.DataFrame:
    """The tiers that each enterprise holds on the day; enterprises of which nobody knows one are left out."""
    of_firm: dict[str, list[Any]] = defaultdict(list)
    head = Coalesce("enterprise__merged_into_id", F("enterprise_id"))
    for holding in holdings_in_force().annotate(head=head):
        of_firm[holding.head].append(holding)
    held = ((firm, tiers_held(holdings, day)) for firm, holdings in of_firm.items())
    rows = [(firm, sorted(tiers)) for firm, tiers in held if tiers is not None]
    return pl.DataFrame(rows, schema={"id": pl.String, "holds": pl.List(pl.String)}, orient="row")


def names_frame() -> tuple[pl.DataFrame, pl.DataFrame]:
    """Every enterprise (`id`, `name`, `code`), and its further names (`id`, `name`, `kind`), oldest first.

    `kind` is former, short or english. Names of merged records stand with the enterprise they are merged into.
    """
    text = pl.String
    rows = every().order_by("pk").values_list("pk", "name", "credit_code").iterator(chunk_size=_AT_ONCE)
    firms = _frame(rows, dict.fromkeys(("id", "name", "code"), text))
    said = EnterpriseName.objects.filter(enterprise__recording__withdrawn_at=None, **STANDING).annotate(
        head=Coalesce("enterprise__merged_into_id", F("enterprise_id"))
    )
    rows = said.order_by("pk").values_list("head", "name", "kind", "ends").iterator(chunk_size=_AT_ONCE)
    names = _frame(rows, {"id": text, "name": text, "kind": text, "ends": pl.Date})
    ended = pl.col("ends").is_not_null() | (pl.col("kind") == "former")
    kind = pl.when(pl.col("kind") == "english").then("kind").when(ended).then(pl.lit("former"))
    further = (
        names.with_columns(kind.otherwise(pl.lit("short")).alias("kind"))
        .join(firms.select("id", main="name"), on="id", how="inner", maintain_order="left")
        .filter((pl.col("name") != pl.col("main")) & (pl.col("name") != ""))
        .select("id", "name", "kind")
        .unique(maintain_order=True)
    )
    return firms.with_columns(pl.col("code").replace("", None)), further


def merged_frame() -> pl.DataFrame:
    """What surely means an enterprise that others were merged into: its `id`, and `name` and `code` as any of the
    records was called; each row has one of the two."""
    merged = Enterprise.objects.filter(**IN_FORCE).exclude(merged_into=None)
    cluster = Q(enterprise__in=merged.values("pk")) | Q(enterprise__in=merged.values("merged_into"))
    codes = EnterpriseValue.objects.filter(cluster, fact=CREDIT_CODE, **IN_FORCE).annotate(
        head=Coalesce("enterprise__merged_into_id", F("enterprise_id"))
    )
    names = merged.order_by("pk").values_list("merged_into_id", "name")
    rows = [(head, name, None) for head, name in names]
    rows += [(head, None, code) for head, code in codes.order_by("pk").values_list("head", "text")]
    return _frame(rows, dict.fromkeys(("id", "name", "code"), pl.String)).unique(maintain_order=True)


def placing_frame() -> pl.DataFrame:
    """What placing on a chain looks at: id, name, county, industry_codes and products (lists), business_scope."""
    scope = values_frame(facts=["business_scope"]).select(
        pl.col("enterprise").alias("id"), pl.col("text").alias("business_scope")
    )
    rows = every().order_by("pk").values_list("pk", "name", "region", "industry_codes", "products")
    frame = _frame(
        rows.iterator(chunk_size=_AT_ONCE),
        dict.fromkeys(("id", "name", "county", "industry_codes", "products"), pl.String),
    )
    return frame.with_columns(
        pl.col("industry_codes").str.split(" ").list.eval(pl.element().filter(pl.element() != "")),
        pl.col("products").str.split("\n").list.eval(pl.element().filter(pl.element() != "")),
    ).join(scope, on="id", how="left", maintain_order="left")


def supply_frame(*, as_of: date | None = None) -> pl.DataFrame:
    """Who buys what from whom; merged enterprises under their head, partners outside with a null id.

    A partner kept by name alone is the enterprise that has come since and alone bears this name.
    Columns: buyer, buyer_name, supplier, supplier_name, product, amount (Decimal, null = not known), unit,
    period, period_end, as_of, source.
    """
    rows = SupplyLink.objects.filter(**STANDING)
    if as_of is not None:
        rows = rows.filter(Q(period_end=None) | Q(period_end__lte=as_of), as_of__lte=as_of)
    rows = rows.annotate(
        at_buyer=Coalesce("buyer__merged_into_id", "buyer_id"),
        at_supplier=Coalesce("supplier__merged_into_id", "supplier_id"),
        **_digits("amount"),
    ).order_by("pk")
    fields = (
        "at_buyer",
        "buyer_name",
        "at_supplier",
        "supplier_name",
        "product",
        "amount_said",
        "unit",
        "period",
        "period_end",
        "as_of",
        "recording__source",
    )
    schema: dict[str, Any] = dict.fromkeys(
        ("buyer", "buyer_name", "supplier", "supplier_name", "product"), pl.String
    ) | {"amount": NUMBER, "unit": pl.String, "period": pl.String, "period_end": pl.Date, "as_of": pl.Date}
    frame = _frame(rows.values_list(*fields).iterator(chunk_size=_AT_ONCE), schema | {"source": pl.String})
    for end in ("buyer", "supplier"):
        frame = _with_newcomers(frame, end)
    return frame


def _with_newcomers(links: pl.DataFrame, end: str) -> pl.DataFrame:
    """The ids of partners that were outside when their link was entered."""
    outside = links.filter(pl.col(end).is_null())[f"{end}_name"].unique().to_list()
    bearers: dict[str, set[str]] = {}
    for start in range(0, len(outside), _AT_ONCE):
        some = every().filter(name__in=outside[start : start + _AT_ONCE])
        for name, pk in some.values_list("name", "pk"):
            bearers.setdefault(name, set()).add(pk)
    alone = {name: ids.pop() for name, ids in bearers.items() if len(ids) == 1}
    if not alone:
        return links
    known = pl.col(f"{end}_name").replace_strict(alone, default=None, return_dtype=pl.String)
    return links.with_columns(pl.coalesce(end, known).alias(end))


def _values(
    *, as_of: date | None, known_on: date | None, facts: Iterable[str] | None
) -> QuerySet[EnterpriseValue, Any]:
    rows = EnterpriseValue.objects.filter(enterprise__recording__withdrawn_at=None)
    if known_on is None:
        rows = rows.filter(**IN_FORCE)
    else:
        end = _end_of(known_on)
        rows = rows.filter(
            Q(recording__withdrawn_at=None) | Q(recording__withdrawn_at__gte=end),
            recording__recorded_at__lt=end,
        )
    if as_of is not None:
        rows = rows.filter(Q(period_end=None) | Q(period_end__lte=as_of), as_of__lte=as_of)
    if facts is not None:
        rows = rows.filter(fact__in=list(facts))
    rows = rows.annotate(
        head=Coalesce("enterprise__merged_into_id", F("enterprise_id")), **_digits("number", "low", "high")
    )
    return rows.values_list(
        "head",
        "fact",
        "period",
        "period_end",
        *(f"{name}_said" for name in ("number", "low", "high")),
        "text",
        "unit",
        "qualifier",
        "as_of",
        "recording__source",
        "pk",
    )


def _chosen(known_on: date | None) -> pl.DataFrame:
    rows = ValueChoice.objects.annotate(head=Coalesce("enterprise__merged_into_id", F("enterprise_id")))
    if known_on is not None:
        rows = rows.filter(at__lt=_end_of(known_on))
    schema = {
        "enterprise": pl.String,
        "fact": pl.String,
        "period": pl.String,
        "chosen": pl.Int64,
        "seen_up_to": pl.Int64,
    }
    fields = ("head", "fact", "period", "chosen_id", "seen_up_to")
    frame = _frame(rows.order_by("pk").values_list(*fields), schema)
    return frame.unique(["enterprise", "fact", "period"], keep="last", maintain_order=True)


def _end_of(day: date) -> datetime:
    """The first instant after `day` in China."""
    return datetime.combine(day + timedelta(days=1), time(), clock.CHINA)


def _digits(*names: str) -> dict[str, Any]:
    """Columns of numbers as text: a frame reads digits far faster than Decimal objects."""
    return {f"{name}_said": Cast(name, TextField()) for name in names}


def _frame(rows: Iterable[tuple[Any, ...]], schema: dict[str, Any]) -> pl.DataFrame:
    """Rows of the database as a frame, piece by piece, so that a million of them are not held twice.

    Numbers come as digits in text.
    """
    numbers = [name for name, kind in schema.items() if kind == NUMBER]
    raw = {name: pl.String if name in numbers else kind for name, kind in schema.items()}
    pieces = [pl.DataFrame([], schema=schema)]
    rows = iter(rows)
    while piece := list(islice(rows, _AT_ONCE)):
        frame = pl.DataFrame(piece, schema=raw, orient="row")
        pieces.append(frame.with_columns(pl.col(numbers).cast(NUMBER)) if numbers else frame)
    return pl.concat(pieces)
