"""Placing by industry class: weaker than words, so it stands apart and says so."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from lianzhang.chain.model import Node


def place_by_industry(codes: pl.Series, nodes: Iterable[Node]) -> pl.DataFrame:
    """The enterprises whose industry class (GB/T 4754-2017) is one of a node's.

    `codes`: the class of each enterprise, or a list of them (String of two to four digits, a leading letter
    allowed; null = not known). A node's two- or three-digit code takes in every class below it. Columns: `row`, `node`,
    `industry` (the node's code that took it in).
    """
    wanted = [
        (node.id, industry.code.lstrip("ABCDEFGHIJKLMNOPQRST"))
        for node in nodes
        for industry in node.industries
        if industry.code
    ]
    listed = codes if isinstance(codes.dtype, pl.List) else codes.reshape((-1, 1)).arr.to_list()
    table = (
        listed.rename("code").to_frame().with_row_index("row").explode("code")
        .with_columns(
            pl.col("row").cast(pl.Int64),
            pl.col("code").cast(pl.String).str.strip_chars_start("ABCDEFGHIJKLMNOPQRST"),
        )
    )  # fmt: skip
    wants = pl.DataFrame(wanted, schema={"node": pl.String, "industry": pl.String}, orient="row")
    found = [
        table.with_columns(industry=pl.col("code").str.slice(0, length)).join(
            wants.filter(pl.col("industry").str.len_chars() == length), on="industry"
        )
        for length in (4, 3, 2)
    ]
    return (
        pl.concat(found)
        .unique(["row", "node"], keep="first", maintain_order=True)
        .select("row", "node", "industry")
        .sort("node", "row")
    )
