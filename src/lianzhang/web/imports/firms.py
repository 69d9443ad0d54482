"""Which enterprise of the registry a row speaks of: by code, then by name; else people are asked."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from lianzhang.web.registry.frames import merged_frame, names_frame
from lianzhang.web.registry.resolving import meant_by
from lianzhang.web.registry.search_keys import name_key

__all__ = ["NEW", "SKIP", "Firms", "name_key"]

NEW, SKIP = "new", "skip"


def _keys(names: pl.Series) -> pl.Series:
    return pl.Series("key", [name_key(name) if name else None for name in names], dtype=pl.String)


class Firms:
    """The enterprises of the registry as frames, read once for a whole import."""

    def __init__(self) -> None:
        firms, further = names_frame()
        self.firms = firms.with_columns(_keys(firms["name"]))
        merged = merged_frame()
        own = self.firms.select("id", "key", "code")
        #: The names and codes by which a row surely means an enterprise: its own, and of what is merged into it.
        self.own = pl.concat([own, merged.select("id", _keys(merged["name"]), "code")])
        self.aliases = further.select(_keys(further["name"]), pl.col("id").alias("like"))
        self._further = further
        #: By row, the enterprise that naming was sure of though the name is written otherwise.
        self.linked: dict[int, str] = {}

    def further_names(self, column: str, field: str) -> pl.DataFrame:
        """The former, short or english names of each enterprise in one text, as `known` and `field`."""
        own = self._further.filter(pl.col("kind") == column)
        return own.group_by(pl.col("id").alias("known"), maintain_order=True).agg(
            pl.col("name").str.join("；").alias(field)
        )

    def match(
        self,
        rows: pl.DataFrame,
        *,
        code: str = "credit_code",
        name: str = "name",
        decisions: Mapping[str, str],
        alike: bool = False,
        merged: bool = False,
    ) -> pl.DataFrame:
        """`row`, `known` (the enterprise, or null), `like` (whom it may be, blank-separated).

        A code decides. Without one the exact name does, unless two enterprises have it; a name whose
        enterprise has another code, or a former or short name, is for a person to decide. With `alike`, rows
        that this leaves open are looked up under any way of writing their name: sure ones are linked, the
        middle band is for a person. With `merged`, names and codes of merged records are those of their head;
        a list of the enterprises themselves would give the head the code of the other record.
        """
        own = self.own if merged else self.firms
        keyed = self._keyed(rows, code=code, name=name)
        by_code = keyed.join(
            own.filter(pl.col("code").is_not_null())
            .unique("code", keep="first", maintain_order=True)
            .select("code", found="id"),
            on="code",
            how="left",
            maintain_order="left",
        )
        named = own.group_by("key").agg(
            pl.col("id").unique().sort().alias("ids"), pl.col("code").drop_nulls().unique().alias("codes")
        )
        called = self.aliases.group_by("key").agg(pl.col("like").unique().sort().alias("called"))
        joined = by_code.join(named, on="key", how="left", maintain_order="left").join(
            called, on="key", how="left", maintain_order="left"
        )
        one = pl.col("ids").list.len() == 1
        # Its own code, when both have one, would have matched: another code means another firm, or a slip.
        fits = pl.col("code").is_null() | (pl.col("codes").list.len() == 0)
        by_name = pl.when(one & fits).then(pl.col("ids").list.first())
        known = pl.coalesce("found", by_name)
        like = (
            pl.when(known.is_not_null())
            .then(None)
            .otherwise(pl.coalesce(pl.col("ids").list.join(" "), pl.col("called").list.join(" ")))
        )
        found = joined.select("row", known.alias("known"), like.fill_null("").alias("like"))
        if alike and name in rows.columns:
            found = self._with_resolved(found, rows.select("row", pl.col(name).alias("name")), keyed)
        return _decided(found, decisions)

    def surely(self, rows: pl.DataFrame, *, code: str, name: str) -> pl.DataFrame:
        """`row` and `known`: by code or exact name, else where naming leaves no doubt which one is meant."""
        found = self.match(rows, code=code, name=name, decisions={}, merged=True).select("row", "known")
        joined = found.join(self._keyed(rows, code=code, name=name), on="row", maintain_order="left")
        asked = joined.join(rows.select("row", text=pl.col(name)), on="row").filter(
            pl.col("known").is_null() & pl.col("code").is_null() & pl.col("text").is_not_null()
        )
        meant = meant_by(asked["text"].unique().to_list())
        linked = asked.select(
            "row", pl.Series("linked", [meant[text][0] for text in asked["text"]], dtype=pl.String)
        )
        return found.join(linked, on="row", how="left", maintain_order="left").select(
            "row", pl.coalesce("known", "linked").alias("known")
        )

    def _with_resolved(self, found: pl.DataFrame, names: pl.DataFrame, keyed: pl.DataFrame) -> pl.DataFrame:
        """The rows that are still open, as naming resolves them; a code of their own only lets them ask."""
        nobody = pl.col("known").is_null() & (pl.col("like") == "")
        asked = found.filter(nobody).join(names, on="row").join(keyed, on="row").drop_nulls("name")
        codes = dict(self.firms.select("id", "code").rows())
        meant = meant_by(asked["name"].unique().to_list())
        said = []
        for row, text, own in asked.select("row", "name", "code").iter_rows():
            linked, candidates = meant[text]
            sure = linked is not None and (own is None or codes.get(linked) is None)
            said.append((row, linked if sure else None, "" if sure else " ".join(candidates)))
            if sure and linked is not None:
                self.linked[row] = linked
        schema = {"row": pl.UInt32, "linked": pl.String, "near": pl.String}
        joined = found.join(
            pl.DataFrame(said, schema=schema, orient="row"), on="row", how="left", maintain_order="left"
        )
        return joined.select(
            "row",
            pl.coalesce("known", "linked").alias("known"),
            pl.when(nobody).then(pl.col("near").fill_null("")).otherwise("like").alias("like"),
        )

    def _keyed(self, rows: pl.DataFrame, *, code: str, name: str) -> pl.DataFrame:
        nothing = pl.lit(None, dtype=pl.String)
        names = rows[name].to_list() if name in rows.columns else [None] * rows.height
        return rows.select(
            "row", (pl.col(code) if code in rows.columns else nothing).alias("code")
        ).with_columns(
            pl.Series("key", [name_key(text) if text else None for text in names], dtype=pl.String)
        )


def _decided(found: pl.DataFrame, decisions: Mapping[str, str]) -> pl.DataFrame:
    """With the answers that people gave to the doubtful rows."""
    if not decisions:
        return found
    said = pl.DataFrame(
        [(int(row), answer) for row, answer in decisions.items() if answer != SKIP],
        schema={"row": pl.UInt32, "answer": pl.String},
        orient="row",
    )
    joined = found.join(said, on="row", how="left", maintain_order="left")
    asked = pl.col("like") != ""
    is_new = asked & (pl.col("answer") == NEW)
    is_one = asked & (pl.col("answer") != NEW) & pl.col("answer").is_not_null()
    return joined.select(
        "row",
        pl.when(is_one).then("answer").otherwise("known").alias("known"),
        pl.when(is_new | is_one).then(pl.lit("")).otherwise("like").alias("like"),
    )
