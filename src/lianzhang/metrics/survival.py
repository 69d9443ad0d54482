"""How long final demand survives a stop (能撑多久): the largest of all possible answers, by linear programming.

Source: D. Simchi-Levi et al., “Identifying risks and mitigating disruptions in the automotive supply chain”,
Interfaces 45 (2015) 375: time to survive. The outage simulation tells what happens when nobody does anything;
this tells what remains possible when everybody shares out what is left as well as can be.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats, Indices
from lianzhang.metrics.inputs import InputError, identifiers, place, require_columns, require_rows
from lianzhang.metrics.supply_network import ANY_PRODUCT, SupplyNetwork
from lianzhang.metrics.systemic_risk import Progress

if TYPE_CHECKING:  # SciPy's solvers take 24 MiB, which no page needs that only looks at a network
    from scipy.sparse import csr_array

#: Days that are looked at: beyond a year the assumptions say nothing.
HORIZON = 365.0


def survival_times(
    network: SupplyNetwork,
    *,
    sources: pl.DataFrame | None = None,
    cover: float | Floats = 0.0,
    spare: float | Floats = 1.0,
    final: Floats | None = None,
    horizon: float = HORIZON,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> pl.DataFrame:
    """firm, days: for each firm (or each of `sources`, column firm) the longest stop that no other's customers feel.

    `days` is null where final demand survives the whole `horizon`. A linear programme for each: the longest t for
    which outputs and deliveries over t exist such that every firm but the stopped one delivers its final demand;
    every essential product bought is delivered or taken from stock; nobody makes more than `spare` times its usual
    output; the stopped firm makes nothing. Its own final demand is not asked for. Helpful inputs do not bind.

    Money of the links is that of one day. `cover`: stock of every bought essential product, in days of use; `spare`:
    largest output as a multiple of the usual one, at least 1; both one for all or one for each firm. `final`: sales
    to outside the network a day, for each firm; without it, firms that sell to nobody in the network sell what they
    buy. Raises `InputError` for values out of range, `KeyboardInterrupt` when cancelled.
    """
    count = len(network.firms)
    covers, spares = _each(cover, count, least=0.0), _each(spare, count, least=1.0)
    demand = (
        np.where(network.output > 0, 0.0, network.input) if final is None else _each(final, count, least=0.0)
    )
    if not (np.isfinite(horizon) and horizon > 0):
        raise _wrong()
    programme = _Programme.of(network, covers, spares, demand, horizon)
    failing = _failing(network, sources)
    days: list[float | None] = []
    for number, firm in enumerate(failing.tolist()):
        if cancelled is not None and cancelled():
            raise KeyboardInterrupt
        if progress is not None:
            progress(number, len(failing))
        longest = programme.longest(firm)
        days.append(None if longest >= horizon * (1 - 1e-9) else longest)
    if progress is not None:
        progress(len(failing), len(failing))
    return pl.DataFrame(
        {"firm": network.firms.gather(failing).alias("firm"), "days": pl.Series(days, dtype=pl.Float64)}
    )


@dataclass(frozen=True)
class _Programme:
    """Rows · (deliveries of links, outputs of firms) + per_day · t ≤ bound: balance, inputs and capacity in turn.

    Columns: links first, then firms, then t.
    """

    rows: csr_array
    per_day: Floats
    bound: Floats
    links: int
    horizon: float

    @classmethod
    def of(
        cls, network: SupplyNetwork, cover: Floats, spare: Floats, final: Floats, horizon: float
    ) -> _Programme:
        from scipy.sparse import csr_array, hstack, vstack

        count, links = len(network.firms), len(network.weight)
        # Amounts in usual units of one size: the solver's tolerances are absolute.
        scale = float(network.weight.mean())
        weight, final = network.weight / scale, final / scale
        output = network.output / scale + final
        firms = np.arange(count)
        ones = np.ones(links)
        sold = csr_array((ones, (network.supplier, np.arange(links))), shape=(count, links))
        made = csr_array((-np.ones(count), (firms, firms)), shape=(count, count))
        balance = hstack([sold, made])
        inputs, stock = _inputs(network, weight, output, cover)
        capacity = hstack([csr_array((count, links)), -made])
        rows = csr_array(vstack([balance, inputs, capacity]))
        per_day = np.concatenate([final, np.zeros(inputs.shape[0]), -spare * output])
        bound = np.concatenate([np.zeros(count), stock, np.zeros(count)])
        return cls(rows, per_day, bound, links, horizon)

    def longest(self, firm: int) -> float:
        """The longest stop of `firm`, in days, at most the horizon."""
        from scipy.optimize import linprog
        from scipy.sparse import csr_array, hstack

        per_day = self.per_day.copy()
        per_day[firm] = 0.0
        columns = self.rows.shape[1] + 1
        limits = np.full((columns, 2), [0.0, np.inf])
        limits[self.links + firm, 1] = 0.0
        limits[-1, 1] = self.horizon
        aim = np.zeros(columns)
        aim[-1] = -1.0
        solved = linprog(
            aim,
            A_ub=csr_array(hstack([self.rows, csr_array(per_day[:, None])])),
            b_ub=self.bound,
            bounds=limits,
            method="highs",
        )
        if solved.status != 0:
            raise InputError(
                Text(
                    f"线性规划没有解出来：{solved.message}",
                    f"The linear programme was not solved: {solved.message}",
                ),
                Text("请核对金额的量级是否相差过大。", "Check whether amounts differ by too many orders."),
            )
        return float(solved.x[-1])


def _inputs(
    network: SupplyNetwork, weight: Floats, output: Floats, cover: Floats
) -> tuple[csr_array, Floats]:
    """A row for each essential product of a buyer: what its output needs less what comes is at most its stock."""
    from scipy.sparse import csr_array, hstack

    count, links = len(network.firms), len(weight)
    groups = network.input_groups()
    needed = np.flatnonzero((groups.product != ANY_PRODUCT) & (output[groups.buyer] > 0))
    start = groups.links.start
    member = (
        np.concatenate([np.arange(start[g], start[g + 1]) for g in needed])
        if len(needed)
        else np.zeros(0, int)
    )
    row = np.repeat(np.arange(len(needed)), (start[1:] - start[:-1])[needed])
    key = network.supplier.astype(np.int64) * count + network.buyer
    wanted = groups.links.other[member].astype(np.int64) * count + groups.buyer[needed][row]
    link = np.searchsorted(key, wanted)
    bought = np.bincount(row, weights=weight[link], minlength=len(needed))
    buyer: Indices = groups.buyer[needed]
    delivered = csr_array((-np.ones(len(link)), (row, link)), shape=(len(needed), links))
    used = csr_array((bought / output[buyer], (np.arange(len(needed)), buyer)), shape=(len(needed), count))
    return csr_array(hstack([delivered, used])), cover[buyer] * bought


def _failing(network: SupplyNetwork, sources: pl.DataFrame | None) -> Indices:
    if sources is None:
        return np.arange(len(network.firms), dtype=np.int32)
    require_columns(sources, ("firm",), table="sources")
    require_rows(sources, table="sources")
    identifiers(sources, "firm", table="sources", unique=True)
    return place(sources, "firm", known=network.firms, table="sources", known_table=network.called)


def _each(value: float | Floats, count: int, *, least: float) -> Floats:
    values: Floats = np.broadcast_to(np.asarray(value, np.float64), (count,)).copy()
    if not (np.isfinite(values) & (values >= least)).all():
        raise _wrong()
    return values


def _wrong() -> InputError:
    return InputError(
        Text(
            "库存天数和对外销售不小于 0，产能倍数不小于 1，推演天数大于 0。",
            "Stock and final sales are not negative, spare is at least 1, the horizon above 0.",
        ),
        Text("请核对这几个数。", "Check these numbers."),
    )
