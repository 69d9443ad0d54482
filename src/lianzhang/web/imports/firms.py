"""Which enterprise of the registry a row speaks of: by code, then by name; else people are asked."""

from __future__ import annotations

import polars as pl

from lianzhang.web.imports.answers import Answers
from lianzhang.web.registry.frames import merged_frame, names_frame
from lianzhang.web.registry.resolving import meant_by
from lianzhang.web.registry.search_keys import name_key

__all__ = ["Firms", "name_key"]


def _keys(names: pl.Series) -> pl.Series:
    return pl.Series("key", [name_key(name) if name else None for name in names], dtype=pl.String)


class Firms:
    """The enterprises of the registry as frames, read once for a whole import."""

    def __init__(self, answers: Answers | None = None) -> None:
        self.answers = answers or Answers()
        firms, further = names_frame()
        self.firms = firms.with_columns(_keys(firms["name"]))
        merged = merged_frame()
        own = self.firms.select("id", "key", "code")
        #: The names and codes by which a row surely means an enterprise: its own, and of what is merged into it.
        self.own = pl.concat([own, merged.select("id", _keys(merged["name"]), "code")])
        self.aliases = further.select(_keys(further["name"]), pl.col("id").alias("like"))
        self._further = further

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
        answered: bool = True,
        alike: bool = False,
        merged: bool = False,
    ) -> pl.DataFrame:
        """`row`, `known` (the enterprise, or null), `like` (whom it may be, blank-separated).

        A code decides, unless the name is that of another enterprise to the letter: then a person does. Without one
        the exact name does, unless two enterprises have it; a name whose enterprise has another code, or a former or
        short name, is for a person to decide. With `alike`, rows
        that this leaves open are looked up under any way of writing their name: sure ones are linked, the
        middle band is for a person. What people said of such names goes before, unless `answered` is off. With
        `merged`, names and codes of merged records are those of their head; a list of the enterprises themselves
        would give the head the code of the other record.
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
        # The code of one and the name of another: one of the two cells is wrong, and nobody knows which.
        apart = pl.col("found").is_not_null() & ~pl.col("ids").list.contains(pl.col("found")).fill_null(True)
        known = pl.when(~apart).then(pl.coalesce("found", by_name))
        like = (
            pl.when(apart)
            .then(pl.concat_str("found", pl.col("ids").list.join(" "), separator=" "))
            .when(known.is_not_null())
            .then(None)
            .otherwise(pl.coalesce(pl.col("ids").list.join(" "), pl.col("called").list.join(" ")))
        )
        found = joined.select("row", known.alias("known"), like.fill_null("").alias("like"))
        if "former_names" in rows.columns:
            found = self._with_renamed(found, rows, keyed)
        sure: dict[int, tuple[str, ...]] = {}
        if alike and name in rows.columns:
            found, sure = _with_resolved(found, keyed, dict(self.firms.select("id", "code").rows()))
        return self.answers.applied(found, keyed.drop("key"), sure=sure) if answered else found

    def _with_renamed(self, found: pl.DataFrame, rows: pl.DataFrame, keyed: pl.DataFrame) -> pl.DataFrame:
        """The rows that are still open, with the enterprises that go by what these call their former name."""
        is_open = pl.col("known").is_null() & (pl.col("like") == "")
        former = (
            rows.select("row", pl.col("former_names").str.split("；"))
            .explode("former_names")
            .drop_nulls()
            .join(found.filter(is_open).select("row"), on="row")
            .join(keyed.select("row", own="code"), on="row")
        )
        if not former.height:
            return found
        met = former.with_columns(_keys(former["former_names"])).join(self.firms, on="key")
        # Who changes the name keeps the code: two codes are two enterprises.
        met = met.filter(pl.col("own").is_null() | pl.col("code").is_null())
        near = met.group_by("row").agg(pl.col("id").unique().sort().str.join(" ").alias("near"))
        return found.join(near, on="row", how="left", maintain_order="left").select(
            "row", "known", pl.coalesce("near", "like").alias("like")
        )

    def surely(self, rows: pl.DataFrame, *, code: str, name: str) -> pl.DataFrame:
        """`row` and `known`: by code or exact name, else where naming leaves no doubt which one is meant."""
        keyed = self._keyed(rows, code=code, name=name)
        found = self.match(rows, code=code, name=name, answered=False, merged=True)
        found = found.with_columns(like=pl.lit(""))
        with_code = keyed.drop_nulls("code")["row"]
        alone = found.filter(~pl.col("row").is_in(with_code.implode()))
        linked, sure = _with_resolved(alone, keyed, {})
        # Naming must be sure by itself: of a partner nobody is asked, it stays a name.
        linked = self.answers.applied(
            linked.with_columns(like=pl.lit("")), keyed.drop("key"), sure=sure, end=name
        )
        return found.join(
            linked.select("row", one="known"), on="row", how="left", maintain_order="left"
        ).select("row", pl.coalesce("known", "one").alias("known"))

    def _keyed(self, rows: pl.DataFrame, *, code: str, name: str) -> pl.DataFrame:
        nothing = pl.lit(None, dtype=pl.String)
        names = rows[name].to_list() if name in rows.columns else [None] * rows.height
        return rows.select(
            "row",
            pl.Series("text", names, dtype=pl.String),
            (pl.col(code) if code in rows.columns else nothing).alias("code"),
            pl.Series("key", [name_key(text) if text else None for text in names], dtype=pl.String),
        )


def _with_resolved(
    found: pl.DataFrame, keyed: pl.DataFrame, codes: dict[str, str | None]
) -> tuple[pl.DataFrame, dict[int, tuple[str, ...]]]:
    """The rows that are still open, as naming resolves them, and whom else the sure ones may mean.

    A code of their own only lets them ask, unless the enterprise has none in `codes`.
    """
    nobody = pl.col("known").is_null() & (pl.col("like") == "")
    asked = found.filter(nobody).join(keyed, on="row").drop_nulls("text")
    meant = meant_by(asked["text"].unique().to_list())
    said, certain = [], {}
    for row, text, own in asked.select("row", "text", "code").iter_rows():
        linked, candidates = meant[text]
        sure = linked is not None and (own is None or codes.get(linked) is None)
        said.append((row, linked if sure else None, "" if sure else " ".join(candidates)))
        if sure and linked is not None:
            certain[row] = tuple(dict.fromkeys((linked, *candidates)))
    schema = {"row": pl.UInt32, "linked": pl.String, "near": pl.String}
    joined = found.join(
        pl.DataFrame(said, schema=schema, orient="row"), on="row", how="left", maintain_order="left"
    )
    resolved = joined.select(
        "row",
        pl.coalesce("known", "linked").alias("known"),
        pl.when(nobody).then(pl.col("near").fill_null("")).otherwise("like").alias("like"),
    )
    return resolved, certain
