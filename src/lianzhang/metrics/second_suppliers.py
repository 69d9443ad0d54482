"""Which second supplier would help most (第二供方): links that do not exist yet, by the risk they would take away.

Source: the index of Diem et al. 2022 (Scientific Reports 12:7719), summed over the failures that can happen;
its fall is what a new link is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats
from lianzhang.metrics.inputs import InputError
from lianzhang.metrics.resilience import substitutes
from lianzhang.metrics.supply_network import ANY_PRODUCT, SupplyNetwork
from lianzhang.metrics.systemic_risk import Progress, SystemicRisk, single_failures, systemic_risk

#: Share of the purchase that moves to the second supplier.
MOVED = 0.5
#: Failures whose losses at every firm are held at once.
AT_ONCE = 512
_COLUMNS = {
    "buyer": pl.String,
    "supplier": pl.String,
    "sector": pl.String,
    "amount": pl.Float64,
    "second": pl.String,
    "scope": pl.String,
    "growth": pl.Float64,
    "esri_before": pl.Float64,
    "esri_after": pl.Float64,
    "relief": pl.Float64,
}


def second_suppliers(
    network: SupplyNetwork,
    *,
    buyer: str = "",
    region: str = "",
    most: int = 20,
    each: int = 3,
    probability: Floats | None = None,
    weight: Floats | None = None,
    epsilon: float = 0.01,
    threads: int | None = 1,
    progress: Progress | None = None,
) -> pl.DataFrame:
    """What it would bring to give a buyer with one supplier a second one.

    Tried are the `most` largest purchases of an essential product from one supplier alone (of `buyer`, or of
    all), each with `each` firms of the supplier's sector that sell already, the nearest (by the division codes
    in the column `region`) and largest first; half of the purchase moves. One row for each trial, the greatest
    relief first:

    buyer, supplier (the only one now), sector, amount, second, scope ("city", "province", "outside" as seen
    from the supplier; "unknown" without `region`), growth (what the second would sell more, as a share of
    its known sales), esri_before, esri_after (index of the present supplier's failure), relief.

    relief: Σ p_k (ESRI_k before − after) over every firm k that may fail; `probability` gives p_k, without it
    each counts 1. `weight` is what the loss of each firm weighs, before and after alike, so that the yardstick
    does not move with the links; without it the larger of its known sales and purchases: the last firm of a
    chain sells to nobody known, and its standstill is what a second supplier averts. Firms whose failure
    reaches none of the three keep their index and are not computed again. A relief of about 0 with a lower
    `esri_after` means that the risk is spread: the worst case is milder, but now either of two may fail.

    Raises `InputError` for a firm that is not in the network, or probabilities or weights that are negative or
    not finite.
    """
    count = len(network.firms)
    chance = _checked(np.ones(count) if probability is None else probability, count)
    weight = _checked(np.maximum(network.output, network.input) if weight is None else weight, count)
    alone = _purchases(network, buyer).head(most)
    trials = [
        Trial(purchase, candidate)
        for purchase in map(Purchase._make, alone.iter_rows())
        for candidate in _candidates(network, purchase, region, each)
    ]
    if not trials:
        return pl.DataFrame(schema=_COLUMNS)
    ground = _Ground.of(network, trials, chance, Settings(weight, epsilon, threads))
    rows = []
    for number, trial in enumerate(trials):
        if progress is not None:
            progress(number, len(trials))
        rows.append(ground.row(trial))
    if progress is not None:
        progress(len(trials), len(trials))
    table = pl.DataFrame(rows, schema=_COLUMNS, orient="row")
    fall = pl.col("esri_before") - pl.col("esri_after")
    # Rounded, so that what is equal but for the last digits is ordered by the fall and not by chance.
    order = [pl.col("relief").round(9), fall.round(9), "supplier", "buyer", "second"]
    return table.sort(order, descending=[True, True, False, False, False])


class Purchase(NamedTuple):
    """An essential product of which a buyer has one supplier alone."""

    buyer: str
    supplier: str
    sector: str
    amount: float


class Candidate(NamedTuple):
    """Somebody who sells the like: where, and how much in all."""

    firm: str
    scope: str
    output: float


class Trial(NamedTuple):
    """A purchase and who might take half of it."""

    purchase: Purchase
    candidate: Candidate

    @property
    def three(self) -> tuple[str, str, str]:
        """Buyer, present supplier and second one."""
        return self.purchase.buyer, self.purchase.supplier, self.candidate.firm


class Settings(NamedTuple):
    """How failures are followed, and what the loss of each firm weighs."""

    weight: Floats
    epsilon: float
    threads: int | None


def _checked(values: Floats, count: int) -> Floats:
    if len(values) != count or not (np.isfinite(values) & (values >= 0)).all():
        raise InputError(
            Text(
                "每家企业的概率和权重都要是不小于 0 的数。",
                "Every firm needs a probability and a weight of at least 0.",
            ),
            Text("请核对这一列。", "Check the column."),
        )
    return values


def _purchases(network: SupplyNetwork, buyer: str) -> pl.DataFrame:
    """The columns of `Purchase`, largest amount first."""
    if buyer and network.firms.index_of(buyer) is None:
        raise InputError(
            Text(f"没有编号为“{buyer}”的企业。", f"There is no firm “{buyer}”."),
            Text("请用企业表里的编号。", "Use an identifier of the table of firms."),
        )
    groups = network.input_groups()
    alone = np.flatnonzero((np.diff(groups.links.start) == 1) & (groups.product != ANY_PRODUCT))
    supplier, owner = groups.links.other[groups.links.start[:-1][alone]], groups.buyer[alone]
    amounts = pl.DataFrame({"s": network.supplier, "b": network.buyer, "amount": network.weight})
    return (
        pl.DataFrame({"s": supplier, "b": owner})
        .join(amounts, on=["s", "b"], how="left", maintain_order="left")
        .select(
            buyer=network.firms.gather(owner),
            supplier=network.firms.gather(supplier),
            sector=network.sectors.gather(network.sector[supplier]),
            amount="amount",
        )
        .filter((pl.col("buyer") == buyer) if buyer else True, pl.col("buyer") != pl.col("supplier"))
        .sort("amount", "supplier", "buyer", descending=[True, False, False])
    )


def _candidates(network: SupplyNetwork, purchase: Purchase, region: str, each: int) -> list[Candidate]:
    found = substitutes(network, purchase.supplier, region=region)
    fit = found.filter(pl.col("output") > 0, pl.col("candidate") != purchase.buyer).head(each)
    return [Candidate(*row) for row in fit.select("candidate", "scope", "output").iter_rows()]


@dataclass(frozen=True)
class _Ground:
    """The network as it is, the index of every failure in it, and which failures reach the firms of the trials.

    `reached`: a row for each failing firm, a column for each of `columns`.
    """

    network: SupplyNetwork
    chance: Floats
    settings: Settings
    before: Floats
    columns: dict[str, int]
    reached: NDArray[np.bool_]

    @classmethod
    def of(cls, network: SupplyNetwork, trials: list[Trial], chance: Floats, settings: Settings) -> _Ground:
        involved = sorted({firm for trial in trials for firm in trial.three})
        at = np.array([_number(network, firm) for firm in involved])
        before, reached = [], []
        # Losses of all firms by all firms would not fit for a large network: some failures at a time.
        for start in range(0, len(network.firms), AT_ONCE):
            some = network.firms.slice(start, AT_ONCE)
            result = _indices(network, some, settings, losses=True)
            assert result.losses_down is not None and result.losses_up is not None
            before.append(result.table["esri"].to_numpy())
            reached.append((result.losses_down[:, at] > 0) | (result.losses_up[:, at] > 0))
        columns = {firm: column for column, firm in enumerate(involved)}
        return cls(network, chance, settings, np.concatenate(before), columns, np.concatenate(reached))

    def row(self, trial: Trial) -> tuple[object, ...]:
        """A row of the result."""
        buyer, supplier, second = (_number(self.network, firm) for firm in trial.three)
        moved = trial.purchase.amount * MOVED
        changed = with_link(self.network, supplier=second, buyer=buyer, instead_of=supplier, amount=moved)
        again = self.reached[:, [self.columns[firm] for firm in trial.three]].any(axis=1)
        failing = np.union1d(np.flatnonzero(again), [buyer, supplier, second])
        result = _indices(changed, self.network.firms.gather(failing), self.settings)
        after = result.table["esri"].to_numpy()
        return (
            *trial.purchase,
            trial.candidate.firm,
            trial.candidate.scope,
            moved / trial.candidate.output,
            float(self.before[supplier]),
            float(after[np.searchsorted(failing, supplier)]),
            float((self.chance[failing] * (self.before[failing] - after)).sum()),
        )


def _indices(
    network: SupplyNetwork, failing: pl.Series, settings: Settings, *, losses: bool = False
) -> SystemicRisk:
    return systemic_risk(
        network,
        shocks=single_failures(network, pl.DataFrame({"firm": failing})),
        epsilon=settings.epsilon,
        weights={"activity": settings.weight},
        threads=settings.threads,
        losses=losses,
    )


def _number(network: SupplyNetwork, firm: str) -> int:
    found = network.firms.index_of(firm)
    assert found is not None, firm
    return found


def with_link(
    network: SupplyNetwork, *, supplier: int, buyer: int, instead_of: int, amount: float
) -> SupplyNetwork:
    """The network in which `buyer` buys `amount` of `supplier` instead of `instead_of` (numbers of firms)."""
    links = pl.DataFrame(
        {
            "supplier": network.firms.gather(np.append(network.supplier, supplier)),
            "buyer": network.firms.gather(np.append(network.buyer, buyer)),
            "weight": np.append(
                np.where(
                    (network.supplier == instead_of) & (network.buyer == buyer),
                    network.weight - amount,
                    network.weight,
                ),
                amount,
            ),
        }
    )
    levels = pl.DataFrame(
        {
            "supplier_sector": network.sectors.gather(network.sector[network.supplier]),
            "buyer_sector": network.sectors.gather(network.sector[network.buyer]),
            "level": network.level,
        }
    ).unique()
    return SupplyNetwork.from_tables(firms=network.table, links=links, essential=levels)
