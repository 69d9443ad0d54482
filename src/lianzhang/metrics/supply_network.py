"""The supply network as the measures see it: firms, sectors, links, and what each input means to its buyer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats, Indices, Whole, run_starts, total_by
from lianzhang.metrics.inputs import (
    InputError,
    coded,
    finite,
    identifiers,
    place,
    require_columns,
    require_rows,
)

if TYPE_CHECKING:
    from lianzhang.metrics.systemic_risk_kernels import Network

#: Levels of an input: without it the buyer stops; it slows the buyer; it does not matter.
ESSENTIAL, HELPFUL, NEGLIGIBLE = 2, 1, 0
#: The product of a group that holds all helpful inputs of a buyer.
ANY_PRODUCT = -1
#: A market with less than this share of its output left counts as empty: nobody can stand in any more.
EMPTY = 1e-12


@dataclass(frozen=True)
class SupplyNetwork:
    """Who sells to whom (价值量), in which sector, and how essential each sector's product is to each other.

    Build it with `from_tables`. Duplicate links are summed; links of weight 0 are dropped; a firm may buy
    from itself. Money may be in any unit: nothing that is computed depends on it.
    """

    firms: pl.Series
    sectors: pl.Series
    sector: Indices
    supplier: Indices
    buyer: Indices
    weight: Floats
    level: NDArray[np.int8]
    table: pl.DataFrame = field(repr=False)
    warnings: tuple[Text, ...] = ()
    called: str = "firms"

    @classmethod
    def from_tables(
        cls,
        *,
        firms: pl.DataFrame,
        links: pl.DataFrame,
        essential: pl.DataFrame | Literal["leontief", "linear"],
        names: tuple[str, str, str] = ("firms", "links", "essential"),
    ) -> SupplyNetwork:
        """The network of three tables.

        `firms`: firm, sector, further columns as wanted; `links`: supplier, buyer, weight (money, ≥ 0);
        `essential`: supplier_sector, buyer_sector, level (2 essential, 1 non-essential, 0 negligible), or
        "leontief" where every input is essential, "linear" where every one is helpful.
        `names` are what errors call the tables. Raises `InputError` naming table, row and column.
        """
        require_columns(firms, ("firm", "sector"), table=names[0])
        require_columns(links, ("supplier", "buyer", "weight"), table=names[1])
        require_rows(firms, table=names[0])
        ids = identifiers(firms, "firm", table=names[0], unique=True)
        sector, sectors = coded(firms, "sector", table=names[0])
        supplier = place(links, "supplier", known=ids, table=names[1], known_table=names[0])
        buyer = place(links, "buyer", known=ids, table=names[1], known_table=names[0])
        weight = finite(links, "weight", table=names[1], least=0.0)
        warnings = _remarks(supplier, buyer, weight, len(ids))
        supplier, buyer, weight = _merged(supplier, buyer, weight, len(ids))
        if not len(weight):
            raise InputError(
                Text(
                    f"“{names[1]}”里没有一条金额大于 0 的供应关系。",
                    f"“{names[1]}” has no supply link with an amount above 0.",
                ),
                Text("请核对导出的范围和 weight 列。", "Check what was exported, and the column weight."),
            )
        if isinstance(essential, str):
            level = np.full(len(weight), ESSENTIAL if essential == "leontief" else HELPFUL, np.int8)
        else:
            level = _levels(essential, sectors, sector, supplier, buyer, table=names[2])
        return cls(ids, sectors, sector, supplier, buyer, weight, level, firms, warnings, names[0])

    @cached_property
    def output(self) -> Floats:
        """Sales of each firm inside the network."""
        return total_by(self.supplier, self.weight, len(self.firms))

    @cached_property
    def input(self) -> Floats:
        """Purchases of each firm inside the network."""
        return total_by(self.buyer, self.weight, len(self.firms))

    def closed_groups(self) -> list[list[str]]:
        """Groups of firms whose sales never leave the group: an upstream loss there grows towards 1, slowly."""
        from scipy.sparse import csr_matrix
        from scipy.sparse.csgraph import connected_components

        count = len(self.firms)
        graph = csr_matrix((np.ones(len(self.supplier)), (self.supplier, self.buyer)), shape=(count, count))
        groups, label = connected_components(graph, directed=True, connection="strong")
        leaks = np.zeros(groups, bool)
        leaks[label[self.supplier[label[self.supplier] != label[self.buyer]]]] = True
        inner = np.zeros(groups, bool)
        inner[label[self.supplier[label[self.supplier] == label[self.buyer]]]] = True
        closed = np.flatnonzero(inner & ~leaks)
        return [self.firms.gather(np.flatnonzero(label == group)).to_list() for group in closed]

    def arrays(
        self,
        *,
        replacement: bool = True,
        revenue: Floats | None = None,
        costs: Floats | None = None,
        weights: Sequence[Floats] = (),
    ) -> Network:
        """Impact matrices in the shape the kernels read (specification: Diem et al. 2022, equations 9 to 15)."""
        from lianzhang.metrics.systemic_risk_kernels import Network

        count = len(self.firms)
        down = self.input_groups(costs)
        divisor = _or_one(self.output if revenue is None else revenue)
        up_share = self.weight / divisor[self.supplier]
        up = _rows(self.supplier, count, self.buyer, up_share)
        pull = _rows(self.buyer, count, self.supplier, up_share)
        output = self.output / self.output.sum()
        market = self.sector if replacement else np.full(count, -1, np.int32)
        markets = len(self.sectors) if replacement else 0
        market_output = total_by(self.sector, output, len(self.sectors))[:markets]
        members = np.argsort(market, kind="stable").astype(np.int32) if replacement else np.zeros(0, np.int32)
        return Network(
            output=output,
            market=market,
            market_output=market_output,
            market_floor=EMPTY * market_output,
            member_start=run_starts(market if replacement else market[:0], markets),
            members=members,
            group_start=run_starts(down.buyer, count),
            group_buyer=down.buyer,
            down_start=down.links.start,
            down_supplier=down.links.other,
            down_share=down.links.share,
            push_start=down.push.start,
            push_group=down.push.other,
            push_share=down.push.share,
            up_start=up.start,
            up_buyer=up.other,
            up_share=up.share,
            pull_start=pull.start,
            pull_supplier=pull.other,
            pull_share=pull.share,
            weights=_normalised(weights or (self.output,)),
        )

    def input_groups(self, costs: Floats | None = None) -> InputGroups:
        """Inputs grouped by what they are to their buyer: one group per essential sector, one for the helpful."""
        used = self.level > NEGLIGIBLE
        supplier, buyer, weight = self.supplier[used], self.buyer[used], self.weight[used]
        essential = self.level[used] == ESSENTIAL
        kinds = len(self.sectors) + 1
        kind = np.where(essential, self.sector[supplier], kinds - 1)
        key = buyer.astype(np.int64) * kinds + kind
        order = np.argsort(key, kind="stable")
        supplier, buyer, weight = supplier[order], buyer[order], weight[order]
        essential, key = essential[order], key[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        group = np.repeat(np.arange(len(first)), np.diff(first, append=len(key)))
        of_product = total_by(group, weight, len(first))
        share = weight / np.where(essential, of_product[group], self.input[buyer])
        if costs is not None:
            share *= (_or_one(self.input) / _or_one(costs))[buyer]
        push = _rows(supplier, len(self.firms), group, share)
        start = np.append(first, len(key)).astype(np.int64)
        product = np.where(essential[first], self.sector[supplier[first]], ANY_PRODUCT)
        return InputGroups(buyer[first], product, Rows(start, supplier, share), push)


class Rows(NamedTuple):
    """A sparse matrix by rows."""

    start: Whole
    other: Indices
    share: Floats


class InputGroups(NamedTuple):
    """Groups of inputs by buyer: one for each essential product, one for all that is helpful (`ANY_PRODUCT`).

    `links`: group → suppliers and shares of the group; `push`: supplier → the groups it delivers to.
    """

    buyer: Indices
    product: Indices
    links: Rows
    push: Rows


def _remarks(supplier: Indices, buyer: Indices, weight: Floats, count: int) -> tuple[Text, ...]:
    remarks = []
    loops = int((supplier == buyer).sum())
    if loops:
        remarks.append(
            Text(
                f"{loops} 条供应关系的供方与需方是同一企业，照算。",
                f"{loops} links lead from a firm to itself; they count.",
            )
        )
    key = supplier.astype(np.int64) * count + buyer
    doubles = len(key) - len(np.unique(key))
    if doubles:
        remarks.append(
            Text(f"{doubles} 条重复的供应关系已合并相加。", f"{doubles} repeated links were added up.")
        )
    zeros = int((weight == 0).sum())
    if zeros:
        remarks.append(
            Text(f"{zeros} 条金额为 0 的供应关系未计入。", f"{zeros} links of amount 0 were left out.")
        )
    return tuple(remarks)


def _merged(supplier: Indices, buyer: Indices, weight: Floats, count: int) -> tuple[Indices, Indices, Floats]:
    """Links ordered by supplier and buyer, duplicates summed, empty ones dropped."""
    key = supplier.astype(np.int64) * count + buyer
    order = np.argsort(key, kind="stable")
    key, weight = key[order], weight[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    if not len(first):
        return supplier[:0], buyer[:0], weight[:0]
    total = np.add.reduceat(weight, first)
    kept = total > 0
    key = key[first][kept]
    return (key // count).astype(np.int32), (key % count).astype(np.int32), total[kept]


def _levels(
    essential: pl.DataFrame,
    sectors: pl.Series,
    sector: Indices,
    supplier: Indices,
    buyer: Indices,
    *,
    table: str,
) -> NDArray[np.int8]:
    """How essential each link's input is; pairs of sectors that no link uses need not be listed."""
    require_columns(essential, ("supplier_sector", "buyer_sector", "level"), table=table)
    require_rows(essential, table=table)
    row = place(essential, "supplier_sector", known=sectors, table=table, unknown=-1)
    column = place(essential, "buyer_sector", known=sectors, table=table, unknown=-1)
    level = finite(essential, "level", table=table, one_of=(0.0, 1.0, 2.0)).astype(np.int8)
    matrix = np.full((len(sectors), len(sectors)), -1, np.int8)
    here = (row >= 0) & (column >= 0)
    again = _contradiction(row[here], column[here], level[here], matrix)
    if again is not None:
        pair = f"{sectors[int(row[here][again])]} → {sectors[int(column[here][again])]}"
        raise InputError(
            Text(f"“{table}”对 {pair} 给了两个不同的等级。", f"“{table}” gives {pair} two different levels."),
            Text("请只留一行。", "Keep one of the rows."),
        )
    levels = matrix[sector[supplier], sector[buyer]]
    if (levels < 0).any():
        at = int(np.argmax(levels < 0))
        pair = f"{sectors[int(sector[supplier[at]])]} → {sectors[int(sector[buyer[at]])]}"
        raise InputError(
            Text(
                f"“{table}”没有 {pair} 的等级，而有企业这样供货。",
                f"“{table}” lacks the level of {pair}, which firms trade.",
            ),
            Text(
                "请补一行：2 必需，1 一般，0 可忽略。",
                "Add a row: 2 essential, 1 non-essential, 0 negligible.",
            ),
        )
    return levels


def _contradiction(
    row: Indices, column: Indices, level: NDArray[np.int8], matrix: NDArray[np.int8]
) -> int | None:
    """Fill the matrix; the first row that says something else than an earlier one, if any."""
    matrix[row, column] = level
    other = np.flatnonzero(matrix[row, column] != level)
    return int(other[0]) if len(other) else None


def _or_one(values: Floats) -> Floats:
    """Divisors of the specification: zero counts as one."""
    return np.where(values == 0, 1.0, values)


def _normalised(weights: Sequence[Floats]) -> Floats:
    return np.ascontiguousarray(np.stack([vector / vector.sum() for vector in weights]))


def _rows(row: NDArray[Any], count: int, column: NDArray[Any], value: Floats) -> Rows:
    """Rows of a sparse matrix, entries in the order given within a row."""
    order = np.argsort(row, kind="stable")
    return Rows(run_starts(row, count), column[order].astype(np.int32), value[order])
