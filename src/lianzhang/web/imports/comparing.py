"""The registry as the known side of a comparison, for each kind of table."""

from __future__ import annotations

from datetime import date

import polars as pl

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.tables.difference import Known
from lianzhang.web.imports import stored
from lianzhang.web.imports.firms import Firms, name_key
from lianzhang.web.imports.held import is_tick, ticks_there
from lianzhang.web.imports.projects import KnownProjects
from lianzhang.web.imports.registry_fields import IDENTITY, JOINT
from lianzhang.web.registry.actions.seal import masked
from lianzhang.web.registry.search_keys import person_key

#: Keys of which the registry may hold several; a row that names one of them says nothing new.
_SEVERAL = ("former_names", "short_names", "english_name", "document", "rechecked", "state")


def known_side(actor: Actor, kind: str, firms: Firms, as_of: date | None = None) -> Known:
    """What rows of this kind are compared with, in a table that speaks up to `as_of`."""
    if kind in ("enterprises", "figures"):
        return KnownFirms(firms, as_of, renames=kind == "enterprises")
    if kind == "projects":
        return KnownProjects(actor, firms)
    return KnownLinks(firms) if kind == "links" else KnownRecords(kind, firms)


class KnownFirms(Known):
    """Rows that are about enterprises themselves: known by the enterprise.

    An older table is compared with what was said by its day, so that it is written once: newer values stand.
    """

    def __init__(self, firms: Firms, as_of: date | None, *, renames: bool) -> None:
        """With `renames` a name beside a known code is the enterprise's new one: a table of figures says no such."""
        self.firms, self.as_of, self.renames = firms, as_of, renames
        #: By enterprise, the contact that its row names.
        self.named: dict[str, str] = {}

    def match(self, rows: pl.DataFrame) -> pl.DataFrame:
        """`row`, `known`, `like`, `firm`, and `identity`: the enterprise, for a new one its name."""
        found = self.firms.match(rows)
        keys = [name_key(name or "") for name in rows["name"]] if "name" in rows.columns else None
        named = rows.select("row", pl.Series("key", keys, dtype=pl.String))
        if "contact_name" in rows.columns:
            said = found.join(rows.select("row", "contact_name"), on="row").drop_nulls()
            self.named = dict(said.select("known", "contact_name").rows())
        return found.join(named, on="row", how="left", maintain_order="left").select(
            "row", "known", "like", firm="known", identity=pl.coalesce("known", "key")
        )

    def values(self, ids: pl.Series, keys: list[str]) -> pl.DataFrame:
        """What these enterprises were said to be by the day of the table, and which ticked titles they have."""
        said = self._said(ids, [key for key in keys if not is_tick(key)])
        said = said if self.renames else said.drop("name", strict=False)
        ticked = [key for key in keys if is_tick(key)]
        return said.join(ticks_there(ids, ticked), on="known", how="left") if ticked else said

    def _said(self, ids: pl.Series, keys: list[str]) -> pl.DataFrame:
        now = stored.firm_values(self.firms, ids, keys, named=self.named)
        if self.as_of is None or self.as_of >= clock.today():
            return now
        then = stored.firm_values(self.firms, ids, keys, said_by=self.as_of, named=self.named)
        # What nobody had said by then is compared with what is known now.
        both = then.join(now, on="known", how="left", suffix="~now", maintain_order="left")
        return both.select(
            "known", *(pl.coalesce(key, f"{key}~now") for key in then.columns if key != "known")
        )


class KnownRecords(Known):
    """Rows that are records of an enterprise: known by the enterprise and what makes the record."""

    def __init__(self, kind: str, firms: Firms) -> None:
        self.kind, self.firms = kind, firms
        self.records = stored.records(kind)

    def match(self, rows: pl.DataFrame) -> pl.DataFrame:
        """`row`, `known` (the record's identity where it is there), `like`, `firm`, `identity`."""
        found = self.firms.match(rows, alike=True, merged=True).rename({"known": "firm"})
        joined = found.join(rows, on="row", how="left", maintain_order="left")
        parts = [
            pl.col(field).fill_null("") if field in joined.columns else pl.lit("")
            for field in IDENTITY[self.kind]
        ]
        identity = pl.concat_str(pl.col("firm"), *parts, separator=JOINT)
        return _there(joined.with_columns(identity=identity), self.records).select(
            "row", "known", "like", "firm", "identity"
        )

    def values(self, ids: pl.Series, keys: list[str]) -> pl.DataFrame:
        """The present values of these records."""
        return self.records.filter(pl.col("known").is_in(ids.implode()))


class KnownLinks(Known):
    """Rows about two enterprises, of which at least one is in the registry."""

    def __init__(self, firms: Firms) -> None:
        self.firms = firms
        self.records = stored.records("links")

    def match(self, rows: pl.DataFrame) -> pl.DataFrame:
        """`row`, `known`, `like`, `firm` (either end), `identity`, `supplier_id` and `buyer_id`."""
        joined = rows
        for end in ("supplier", "buyer"):
            found = self.firms.surely(rows, code=f"{end}_code", name=end)
            joined = joined.join(
                found.select("row", pl.col("known").alias(f"{end}_id")), on="row", how="left"
            )
            keys = [name_key(name or "") for name in joined[end].to_list()]
            joined = joined.with_columns(pl.Series(f"{end}_key", keys, dtype=pl.String))
        ends = [pl.coalesce(f"{end}_id", f"{end}_key") for end in ("supplier", "buyer")]
        rest = [
            pl.col(field).fill_null("") if field in joined.columns else pl.lit("")
            for field in ("product", "year")
        ]
        identity = pl.concat_str(pl.lit(""), *ends, *rest, separator=JOINT)
        joined = joined.with_columns(
            identity.alias("identity"),
            pl.coalesce("supplier_id", "buyer_id").alias("firm"),
            pl.lit("").alias("like"),
        )
        return _there(joined, self.records).select(
            "row", "known", "like", "firm", "identity", "supplier_id", "buyer_id"
        )

    def values(self, ids: pl.Series, keys: list[str]) -> pl.DataFrame:
        """The present values of these links."""
        return self.records.filter(pl.col("known").is_in(ids.implode()))


def _there(rows: pl.DataFrame, records: pl.DataFrame) -> pl.DataFrame:
    """What is known of these identities; those that no record has are new, and say null."""
    is_there = pl.col("identity").is_in(records["known"].implode())
    return rows.with_columns(pl.when(is_there).then("identity").alias("known"))


def _every_item_there(new: str, old: str) -> bool:
    return set(new.split("；")) <= set(old.split("；"))


def _same_number(new: str, old: str) -> bool:
    """The registry shows numbers masked only; what is hidden cannot be compared."""
    return masked("".join(sign for sign in new if sign not in " -—－\u3000")) == old


def _same_person(new: str, old: str) -> bool:
    return person_key(new) == person_key(old)


def _same_name(new: str, old: str) -> bool:
    return name_key(new) == name_key(old)


#: Keys for which two texts may say the same without being equal.
SAME = {
    **dict.fromkeys(_SEVERAL, _every_item_there),
    "contact_phone": _same_number,
    "name": _same_name,
    "contact_name": _same_person,
}
