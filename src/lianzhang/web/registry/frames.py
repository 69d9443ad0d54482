"""The registry as Polars frames, for policy matching, metrics and placing on chains.

These read whole tables and ask no permission: callers narrow the result to what the actor may see
(`queries.visible_to`) before anything of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from lianzhang.kernel import clock
from lianzhang.web.registry.models import EnterpriseValue, SupplyLink, ValueChoice
from lianzhang.web.registry.queries import IN_FORCE, every

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
_AT_ONCE = 20_000


def values_frame(
    *, as_of: date | None = None, known_on: date | None = None, facts: Iterable[str] | None = None
) -> pl.DataFrame:
    """The value that counts for each enterprise, fact and period, one row each, with source and date.

    `as_of` leaves out what speaks of a later day or of a period that ends later; `known_on` leaves out what
    was entered later, so that an old result can be computed again. Merged records count for their head.
    Columns: enterprise, fact, period, period_end, number (Decimal), low, high, text, unit, qualifier, as_of,
    source, id.
    """
    rows = _values(as_of=as_of, known_on=known_on, facts=facts)
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
    """One row for each enterprise, one column for each fact: the latest value that counts on `as_of`.

    Columns: `id`, `name`, `county`, `sample`, then for each fact `<fact>` (Decimal for numbers, text
    otherwise, null = not known) and `<fact>__period`, `<fact>__unit`, `<fact>__as_of`. A fact that nobody has a
    value of is absent, which means the same as null.
    """
    base = _frame(
        every().order_by("pk").values_list("pk", "name", "region", "sample").iterator(chunk_size=_AT_ONCE),
        {"id": pl.String, "name": pl.String, "county": pl.String, "sample": pl.Boolean},
    ).with_columns(pl.col("county").replace("", None))
    values = values_frame(as_of=as_of, known_on=known_on, facts=facts)
    latest = values.sort("period_end", "as_of", "id", nulls_last=False).unique(
        ["enterprise", "fact"], keep="last"
    )
    columns = []
    for (fact,), part in latest.partition_by("fact", as_dict=True).items():
        columns.append((str(fact), part))
    for fact, part in sorted(columns, key=lambda item: item[0]):
        if fact == "county":
            continue
        said = pl.col("number") if part["number"].null_count() < part.height else pl.col("text")
        base = base.join(
            part.select(
                pl.col("enterprise").alias("id"),
                said.alias(fact),
                pl.col("period").alias(f"{fact}__period"),
                pl.col("unit").alias(f"{fact}__unit"),
                pl.col("as_of").alias(f"{fact}__as_of"),
            ),
            on="id",
            how="left",
            maintain_order="left",
        )
    return base


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

    Columns: buyer, buyer_name, supplier, supplier_name, product, amount (Decimal, null = not known), unit,
    period, period_end, as_of, source.
    """
    rows = SupplyLink.objects.filter(**IN_FORCE)
    if as_of is not None:
        rows = rows.filter(Q(period_end=None) | Q(period_end__lte=as_of), as_of__lte=as_of)
    rows = rows.annotate(
        at_buyer=Coalesce("buyer__merged_into_id", "buyer_id"),
        at_supplier=Coalesce("supplier__merged_into_id", "supplier_id"),
    ).order_by("pk")
    fields = (
        "at_buyer",
        "buyer_name",
        "at_supplier",
        "supplier_name",
        "product",
        "amount",
        "unit",
        "period",
        "period_end",
        "as_of",
        "recording__source",
    )
    schema: dict[str, Any] = dict.fromkeys(
        ("buyer", "buyer_name", "supplier", "supplier_name", "product"), pl.String
    ) | {"amount": NUMBER, "unit": pl.String, "period": pl.String, "period_end": pl.Date, "as_of": pl.Date}
    return _frame(rows.values_list(*fields).iterator(chunk_size=_AT_ONCE), schema | {"source": pl.String})


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
    return rows.annotate(head=Coalesce("enterprise__merged_into_id", F("enterprise_id"))).values_list(
        "head",
        "fact",
        "period",
        "period_end",
        "number",
        "low",
        "high",
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


def _frame(rows: Iterable[tuple[Any, ...]], schema: dict[str, Any]) -> pl.DataFrame:
    """Rows of the database as a frame, piece by piece, so that a million of them are not held twice."""
    pieces = [pl.DataFrame([], schema=schema)]
    wide = {name for name, kind in schema.items() if kind == NUMBER}
    places = [place for place, name in enumerate(schema) if name in wide]
    for piece in _pieces(rows):
        fitting = [_fitted(row, places) for row in piece] if places else piece
        pieces.append(pl.DataFrame(fitting, schema=schema, orient="row"))
    return pl.concat(pieces)


def _pieces(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    piece: list[tuple[Any, ...]] = []
    for row in rows:
        piece.append(row)
        if len(piece) == _AT_ONCE:
            yield piece
            piece = []
    if piece:
        yield piece


def _fitted(row: tuple[Any, ...], places: list[int]) -> list[Any]:
    cells = list(row)
    for place in places:
        if isinstance(cells[place], Decimal):
            cells[place] = round(cells[place], 6)
    return cells
