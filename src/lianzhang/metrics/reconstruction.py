"""Links that nobody reported (缺失供应关系的估计): drawn from sizes, sectors and an input–output table.

A link is the likelier, the more flow sizes and the input–output table let expect between two firms (fitness
model of Squartini et al. 2018 with the flows of the stripe-corrected gravity model, Ialongo et al. 2022). The
result is never the network but an ensemble of possible ones; everything drawn is marked as estimated.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats, Indices, run_starts, total_by
from lianzhang.metrics.inputs import InputError, finite, identifiers, place, require_columns, require_rows
from lianzhang.metrics.inputs import coded as coded_column

if TYPE_CHECKING:
    from lianzhang.metrics.reconstruction_kernels import Buyers

#: Up to this many firms every pair is summed; above, firms of a sector with like sizes are taken together.
EVERY_PAIR = 4000
#: Groups of like firms on each side of the sums; fewer where each of very many firms meets every group.
GROUPS, FEWER_GROUPS = 2000, 200
#: Sellers are drawn in this many parts, whatever the number of threads: the same seed, the same links.
PARTS = 16
#: Below this share of known flow, an answer is a range, not a number.
ENOUGH_KNOWN = 0.3


@dataclass(frozen=True)
class Reconstruction:
    """A fitted model: draw from it with `draw`, or look at the flows it expects with `expected_flow`.

    `z`: density parameter; `coverage`: share of all sales that is known link by link (0 if none is).
    """

    firms: pl.Series
    sector: Indices
    sales: Floats  # still to be explained by links that are not known
    purchases: Floats
    rate: Floats  # (sector, sector): flow expected for one unit of sales and one of purchases
    z: float
    links: float
    known: pl.DataFrame
    coverage: float
    warnings: tuple[Text, ...] = ()

    def expected_flow(self, supplier: Indices, buyer: Indices) -> Floats:
        """Flow the input–output table lets expect from each supplier to each buyer."""
        rate = self.rate[self.sector[supplier], self.sector[buyer]]
        flow: Floats = self.sales[supplier] * self.purchases[buyer] * rate
        return flow

    def expected_degrees(self) -> tuple[Floats, Floats]:
        """Expected number of customers and of suppliers of each firm, self-supply excluded."""
        from lianzhang.metrics.reconstruction_kernels import expected_degrees

        count = len(self.firms)
        out, in_ = np.empty(count), np.empty(count)
        groups = GROUPS if count <= 5 * EVERY_PAIR else FEWER_GROUPS
        sellers, buyers = (
            _alike(each, self.sector, len(self.rate), groups) for each in (self.sales, self.purchases)
        )
        expected_degrees(self.z, self.sales, self.sector, buyers, self.rate, out)
        expected_degrees(self.z, self.purchases, self.sector, sellers, np.ascontiguousarray(self.rate.T), in_)
        own = _probability(self.z * _own_flow(self.sales, self.purchases, self.sector, self.rate))
        return out - own, in_ - own

    @cached_property
    def buyers(self) -> Buyers:
        """Firms that buy, as draws read them: sector by sector, and there by falling purchases."""
        from lianzhang.metrics.reconstruction_kernels import Buyers

        some = np.flatnonzero(self.purchases > 0)
        some = some[np.argsort(-self.purchases[some], kind="stable")]
        # Numbers of sectors are short, and short whole numbers are sorted by radix.
        order = some[np.argsort(self.sector[some].astype(np.uint16), kind="stable")].astype(np.int32)
        bought = self.purchases[order]
        start = run_starts(self.sector[order], len(self.rate))
        return Buyers(order, bought, np.cumsum(bought) - bought, start)

    def draw(self, *, seed: int = 0, threads: int | None = None) -> pl.DataFrame:
        """One possible network: supplier, buyer, weight, estimated; known links as they are, not estimated."""
        from lianzhang.metrics.reconstruction_kernels import Links, draw

        seller = np.stack((self.sales, self.sector.astype(np.float64)))
        bounds = np.linspace(0, len(self.firms), PARTS + 1).astype(int)
        buyers = self.buyers

        def part(at: int) -> list[pl.Series]:
            room = int(self.links / PARTS * 1.5) + 1000
            while True:
                found = Links(np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room))
                random = np.random.default_rng((seed, at))
                span = int(bounds[at]), int(bounds[at + 1])
                count = draw(random, self.z, seller, *span, buyers, self.rate, found)
                if count <= room:
                    break
                room = count
            supplier, buyer = (pl.Series(each[:count].astype(np.uint32)) for each in found[:2])
            return [self.firms.gather(supplier), self.firms.gather(buyer), pl.Series(found.weight[:count])]

        with ThreadPoolExecutor(max(1, threads or os.cpu_count() or 1)) as pool:
            parts = list(pool.map(part, range(PARTS)))
        pairs = ["supplier", "buyer"]
        estimated = pl.concat(
            pl.DataFrame(dict(zip([*pairs, "weight"], part, strict=True))) for part in parts
        ).with_columns(estimated=pl.lit(True))
        if self.known.is_empty():
            return estimated
        return pl.concat([self.known, estimated.join(self.known, on=pairs, how="anti")])

    def ensemble(self, draws: int, *, seed: int = 0, threads: int | None = None) -> Iterator[pl.DataFrame]:
        """`draws` possible networks, one after the other."""
        for number in range(draws):
            yield self.draw(seed=seed + number, threads=threads)


def reconstruct(
    *,
    firms: pl.DataFrame,
    io: pl.DataFrame | None,
    links: float,
    known: pl.DataFrame | None = None,
    names: tuple[str, str, str] = ("firms", "io", "known"),
) -> Reconstruction:
    """Fit the model.

    `firms`: firm, sector, out_strength (sales), in_strength (purchases); `io`: supplier_sector, buyer_sector,
    flow (any unit; scaled to the firms' totals), or None for sizes alone; `links`: number of links to expect;
    `known`: supplier, buyer, weight of reported links: they are kept and their flow taken off first.
    Raises `InputError` where totals, links or table cannot be met.
    """
    require_columns(firms, ("firm", "sector", "out_strength", "in_strength"), table=names[0])
    require_rows(firms, table=names[0])
    ids = identifiers(firms, "firm", table=names[0], unique=True)
    sector, sectors = coded_column(firms, "sector", table=names[0])
    sales = finite(firms, "out_strength", table=names[0], least=0.0).copy()
    purchases = finite(firms, "in_strength", table=names[0], least=0.0).copy()
    whole = sales.sum()
    reported, coverage = _take_off(known, ids, sales, purchases, names)
    if known is not None:
        links = links - len(reported)
    if io is None:
        sector, sectors = np.zeros(len(ids), np.int32), pl.Series(["*"])
    rate, warnings = _rates(io, sectors, sector, sales, purchases, names[1])
    z = solve_density(sales, purchases, sector, rate, links)
    return Reconstruction(
        ids, sector, sales, purchases, rate, z, links, reported, coverage / whole if whole else 0.0, warnings
    )


def _take_off(
    known: pl.DataFrame | None,
    ids: pl.Series,
    sales: Floats,
    purchases: Floats,
    names: tuple[str, str, str],
) -> tuple[pl.DataFrame, float]:
    """Known links as they will stand in every draw; their flow is taken off the totals, in place."""
    columns = {"supplier": pl.String, "buyer": pl.String, "weight": pl.Float64, "estimated": pl.Boolean}
    if known is None:
        return pl.DataFrame(schema=columns), 0.0
    require_columns(known, ("supplier", "buyer", "weight"), table=names[2])
    supplier = place(known, "supplier", known=ids, table=names[2], known_table=names[0])
    buyer = place(known, "buyer", known=ids, table=names[2], known_table=names[0])
    weight = finite(known, "weight", table=names[2], least=0.0)
    sales -= total_by(supplier, weight, len(ids))
    purchases -= total_by(buyer, weight, len(ids))
    for values, column in ((sales, "out_strength"), (purchases, "in_strength")):
        if (values < -1e-9 * max(1.0, weight.max(initial=0.0))).any():
            firm = ids[int(np.argmin(values))]
            raise InputError(
                Text(
                    f"“{names[2]}”里企业“{firm}”的已知往来超过了它的 {column}。",
                    f"The known links of firm “{firm}” in “{names[2]}” exceed its {column}.",
                ),
                Text("请核对两处的金额单位和年份。", "Check the unit and the year of both."),
            )
        np.maximum(values, 0.0, out=values)
    kept = pl.DataFrame({"supplier": ids.gather(supplier), "buyer": ids.gather(buyer), "weight": weight})
    merged = kept.group_by("supplier", "buyer", maintain_order=True).agg(pl.col("weight").sum())
    return merged.with_columns(estimated=pl.lit(False)), float(weight.sum())


def _rates(
    io: pl.DataFrame | None,
    sectors: pl.Series,
    sector: Indices,
    sales: Floats,
    purchases: Floats,
    table: str,
) -> tuple[Floats, tuple[Text, ...]]:
    """Flow for one unit of sales and one of purchases, from an input–output table or from sizes alone."""
    sold, bought = (total_by(sector, each, len(sectors)) for each in (sales, purchases))
    if abs(sold.sum() - bought.sum()) > 1e-6 * max(sold.sum(), bought.sum(), 1e-300) or sold.sum() <= 0:
        raise InputError(
            Text(
                f"销售合计 {sold.sum():g} 与采购合计 {bought.sum():g} 应相等且大于 0。",
                f"All sales, {sold.sum():g}, and all purchases, {bought.sum():g}, should be equal and above 0.",
            ),
            Text(
                "网外往来请先扣除，或加一个“外部”企业。",
                "Take outside trade off first, or add a firm “outside”.",
            ),
        )
    if io is None:
        return np.full((len(sectors), len(sectors)), 1.0 / sold.sum()), ()
    require_columns(io, ("supplier_sector", "buyer_sector", "flow"), table=table)
    row = place(io, "supplier_sector", known=sectors, table=table, unknown=-1)
    column = place(io, "buyer_sector", known=sectors, table=table, unknown=-1)
    flow = finite(io, "flow", table=table, least=0.0)
    here = (row >= 0) & (column >= 0)
    matrix = np.zeros((len(sectors), len(sectors)))
    np.add.at(matrix, (row[here], column[here]), flow[here])
    fitted, exact = proportional_fit(matrix, sold, bought)
    warnings = () if exact else (_not_met(),)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = fitted / np.outer(sold, bought)
    return np.nan_to_num(rate, nan=0.0, posinf=0.0), warnings


def _not_met() -> Text:
    return Text(
        "投入产出表里为 0 的格子使各行业的销售与采购不能同时对上；已取最接近的。",
        "Cells of 0 in the input–output table keep sales and purchases of the sectors from both being met; the "
        "closest is used.",
    )


def proportional_fit(
    matrix: Floats, rows: Floats, columns: Floats, *, tolerance: float = 1e-12, rounds: int = 2000
) -> tuple[Floats, bool]:
    """Scale rows and columns of a matrix to the given sums (RAS); (matrix, whether both are met)."""
    fitted = matrix.astype(np.float64, copy=True)
    whole = max(rows.sum(), 1e-300)
    worst = np.inf
    for _ in range(rounds):
        for sums, axis in ((rows, 1), (columns, 0)):
            now = fitted.sum(axis=axis)
            factor = np.divide(sums, now, out=np.zeros_like(sums), where=now > 0)
            fitted *= factor[:, None] if axis else factor
        worst = float(np.abs(fitted.sum(axis=1) - rows).max() / whole)
        if worst < tolerance:
            break
    met = worst < 1e-8 and bool(np.abs(fitted.sum(axis=0) - columns).max() < 1e-8 * whole)
    return fitted, met


def balanced_flows(
    sales: Floats, purchases: Floats, *, tolerance: float = 1e-12, rounds: int = 100_000
) -> tuple[Floats, Floats]:
    """Maximum-entropy flows without self-supply: w_ij = r_i c_j for i ≠ j, with exact totals; (r, c).

    Raises `InputError` if the totals differ, or one firm sells more than all others buy.
    """
    sales, purchases = np.asarray(sales, np.float64), np.asarray(purchases, np.float64)
    whole = purchases.sum()
    if abs(sales.sum() - whole) > 1e-9 * whole or (sales > (whole - purchases) * (1 + 1e-12)).any():
        raise InputError(
            Text(
                "销售与采购的合计不等，或有企业的销售超过其余企业的采购之和：没有这样的网络。",
                "Total sales and purchases differ, or a firm sells more than all others buy: there is no such network.",
            ),
            Text("请核对金额，或允许自供。", "Check the amounts, or allow self-supply."),
        )
    buying = purchases / np.sqrt(whole)
    selling = np.zeros_like(sales)
    for _ in range(rounds):
        selling = _ratio(sales, buying.sum() - buying)
        buying = _ratio(purchases, selling.sum() - selling)
        error = np.abs(selling * (buying.sum() - buying) - sales)
        if (error <= tolerance * np.maximum(sales, 1e-300)).all():
            break
    return selling, buying


def _ratio(values: Floats, divisor: Floats) -> Floats:
    return np.divide(values, divisor, out=np.zeros_like(values), where=(values > 0) & (divisor > 0))


def solve_density(sales: Floats, purchases: Floats, sector: Indices, rate: Floats, links: float) -> float:
    """The z for which Σ z·x/(1 + z·x) over all pairs of different firms equals `links`; x is the flow expected."""
    sellers, buyers = (_alike(each, sector, len(rate)) for each in (sales, purchases))
    possible = _possible_pairs(sales > 0, purchases > 0, sector, rate > 0)
    if not 0 < links < possible:
        raise InputError(
            Text(
                f"要估计 {links:g} 条关系，而可能有往来的企业对有 {possible:g} 个。",
                f"{links:g} links are to be expected, but {possible:g} pairs of firms can trade.",
            ),
            Text("请核对 --links。", "Check --links."),
        )
    own = _own_flow(sales, purchases, sector, rate)
    scale = float(np.max(sales)) * float(np.max(purchases)) * float(rate.max())
    low, high, guess = -60.0, 700.0, float(np.log(links / possible))
    for _ in range(200):
        count, slope = _links_at(float(np.exp(guess)) / scale, sellers, buyers, own, rate)
        low, high = (guess, high) if count < links else (low, guess)
        step = (links - count) / slope if slope > 0 else 0.0
        following = guess + step
        if not low < following < high or step == 0.0:
            following = (low + high) / 2.0
        if abs(following - guess) < 1e-14 * max(1.0, abs(guess)) or abs(count - links) <= 1e-13 * links:
            break
        guess = following
    return float(np.exp(guess)) / scale


def _possible_pairs(
    sells: NDArray[np.bool_], buys: NDArray[np.bool_], sector: Indices, trade: NDArray[np.bool_]
) -> float:
    """Pairs of different firms between which anything can flow."""
    selling, buying = (total_by(sector, each.astype(np.float64), len(trade)) for each in (sells, buys))
    own = (sells & buys & np.diag(trade)[sector]).sum()
    return float(np.outer(selling, buying)[trade].sum() - own)


def _links_at(z: float, sellers: Floats, buyers: Floats, own: Floats, rate: Floats) -> tuple[float, float]:
    from lianzhang.metrics.reconstruction_kernels import pair_sums

    count, slope = pair_sums(z, sellers, buyers, rate)
    alone = _probability(z * own)
    return count - float(alone.sum()), slope - float((alone * (1.0 - alone)).sum())


def _own_flow(sales: Floats, purchases: Floats, sector: Indices, rate: Floats) -> Floats:
    """Flow expected of each firm to itself, which is no link."""
    flow: Floats = sales * purchases * np.diag(rate)[sector]
    return flow


def _probability(odds: Floats) -> Floats:
    result: Floats = odds / (1.0 + odds)
    return result


def _alike(values: Floats, sector: Indices, sectors: int, groups: int = GROUPS) -> Floats:
    """(mean value, number, sector) of groups of firms alike; each firm on its own while there are few."""
    some = np.flatnonzero(values > 0)
    if len(some) <= EVERY_PAIR:
        return np.stack((values[some], np.ones(len(some)), sector[some].astype(np.float64)))
    bins = max(5, groups // sectors)
    size = np.log(values[some])
    span = max(float(np.ptp(size)), 1e-12)
    cell = np.minimum(((size - size.min()) / span * bins).astype(np.int64), bins - 1) + sector[some] * bins
    number = total_by(cell, np.ones(len(some)), bins * sectors)
    total = total_by(cell, values[some], bins * sectors)
    used = np.flatnonzero(number)
    return np.stack((total[used] / number[used], number[used], (used // bins).astype(np.float64)))
