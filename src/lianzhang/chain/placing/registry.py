"""Placing a whole registry: by the words of scopes and of products, and by industry class."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from lianzhang.chain.model import Node, NodeTerms
from lianzhang.chain.placing.industry import place_by_industry
from lianzhang.chain.placing.place import place, place_table
from lianzhang.chain.placing.scopes import DIVIDER, Scopes
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

#: The columns of a placing, one row for each enterprise, node and basis. `basis`: `scope` (business scope),
#: `products` (products as declared) or `industry` (class of GB/T 4754, which is weaker). `item`, `term`:
#: the words; `item_start`, `term_start`: where they begin in the scope or product text, in characters from
#: 0; `segments`: how many parts of the text say so; `industry`: the class that took it in;
#: `confirmed_by`: who has confirmed it, null until a person has.
PLACES = {
    "uscc": pl.String,
    "node": pl.String,
    "basis": pl.String,
    "item": pl.String,
    "item_start": pl.Int64,
    "term": pl.String,
    "term_start": pl.Int64,
    "segments": pl.Int64,
    "industry": pl.String,
    "confirmed_by": pl.String,
}


def place_registry(
    registry: pl.DataFrame,
    nodes: Sequence[NodeTerms],
    *,
    described: Sequence[Node] = (),
    scopes: Scopes | None = None,
    progress: Callable[[int], None] = lambda count: None,
) -> pl.DataFrame:
    """The places of all enterprises of a registry, with the columns `PLACES`, node by node.

    `registry`: `uscc` (each once) and `scope`; `products` (items divided by `；`, or lists) and `industry`
    (class of GB/T 4754-2017) where known. `described`: nodes whose industry classes place as well.
    `scopes`: the interned scopes of this registry when they have been kept. `progress` hears how many
    nodes are done. Raises `LianzhangError` for a registry without the needed columns, or with an
    enterprise that has no `uscc` or stands there twice.
    """
    _require(registry)
    texts = {"scope": scopes if scopes is not None else Scopes.from_texts(_text(registry["scope"]))}
    if "products" in registry.columns:
        texts["products"] = Scopes.from_texts(_text(registry["products"]))
    done, parts = 0, [pl.DataFrame(schema=PLACES)]
    for basis, cut in texts.items():
        # What a firm lists among its products it makes: no word for making need stand beside it.
        wanted = nodes if basis == "scope" else [replace(node, needs=()) for node in nodes]
        for table in _by_words(cut, wanted):
            parts.append(_filled(table.rename({"row": "at"}), registry, basis))
            done += 1
            progress(done // len(texts))
    if "industry" in registry.columns and described:
        table = place_by_industry(registry["industry"], described).rename({"row": "at"})
        parts.append(_filled(table, registry, "industry"))
    return pl.concat(parts)


def _by_words(scopes: Scopes, nodes: Sequence[NodeTerms]) -> Iterator[pl.DataFrame]:
    for places in place(scopes, nodes):
        yield place_table(scopes, places)


def _text(column: pl.Series) -> pl.Series:
    """A column of texts; lists of texts become items."""
    if column.dtype != pl.List:
        return column
    return column.cast(pl.List(pl.String)).list.join(DIVIDER)


def _filled(table: pl.DataFrame, registry: pl.DataFrame, basis: str) -> pl.DataFrame:
    """The table with every column of a placing; what does not apply is null."""
    given = table.with_columns(uscc=registry["uscc"].cast(pl.String).gather(table["at"]), basis=pl.lit(basis))
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in PLACES.items() if name not in given]
    return given.with_columns(missing).select(list(PLACES))


def _require(registry: pl.DataFrame) -> None:
    for column in ("uscc", "scope"):
        if column not in registry.columns:
            raise LianzhangError(
                Text(f"企业表缺少列“{column}”。", f"The registry lacks the column “{column}”."),
                Text("需要 uscc（统一社会信用代码）与 scope（经营范围）。", "It needs uscc and scope."),
            )
    codes = registry["uscc"].cast(pl.String)
    nameless = codes.is_null() | (codes.str.strip_chars() == "")
    again = ~codes.is_first_distinct()
    for wrong, zh, en in (
        (nameless, "没有 uscc", "has no uscc"),
        (again, "前面已经出现过", "stands there before"),
    ):
        if wrong.any():
            row = int(wrong.arg_max() or 0)
            code = codes[row] or ""
            raise LianzhangError(
                Text(
                    f"企业表第 {row + 1} 家“{code}”{zh}。",
                    f"Enterprise {row + 1} “{code}” of the registry {en}.",
                ),
                Text(
                    "每家企业一行、一个编号；请补上或合并。", "Each has one row and one code; add or merge."
                ),
            )
