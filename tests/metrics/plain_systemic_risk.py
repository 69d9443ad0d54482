"""The systemic risk index word for word from its specification: dense, slow, and nothing but NumPy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Plain:
    """One network: money (firm, firm), sector of each firm, level (sector, sector)."""

    money: Floats
    sector: NDArray[np.int64]
    level: NDArray[np.int64]

    def downstream(self, costs: Floats | None = None) -> Floats:
        money, sector = self.money, self.sector
        shares = np.zeros_like(money)
        bought = money.sum(axis=0)
        for supplier, buyer in np.argwhere(money > 0):
            level = self.level[sector[supplier], sector[buyer]]
            if level == 2:
                same = sector == sector[supplier]
                shares[supplier, buyer] = money[supplier, buyer] / money[same, buyer].sum()
            elif level == 1:
                shares[supplier, buyer] = money[supplier, buyer] / bought[buyer]
        if costs is not None:
            shares *= np.where(bought == 0, 1, bought) / np.where(costs == 0, 1, costs)
        return shares

    def upstream(self, revenue: Floats | None = None) -> Floats:
        divisor = self.money.sum(axis=1) if revenue is None else revenue
        return self.money / np.where(divisor == 0, 1, divisor)[:, None]


def run(
    plain: Plain,
    shock: Floats,
    *,
    epsilon: float = 0.01,
    ratio: bool = False,
    replacement: bool = True,
    weight: Floats | None = None,
    revenue: Floats | None = None,
    costs: Floats | None = None,
) -> tuple[Floats, Floats, int]:
    """Downstream and upstream losses at rest, and the number of steps."""
    down_shares, up_shares = plain.downstream(costs), plain.upstream(revenue)
    sold = plain.money.sum(axis=1)
    weight = sold if weight is None else weight
    weight = weight / weight.sum()
    down, up, steps = shock.copy(), shock.copy(), 0
    while True:
        felt = _replaceability(plain, sold, down, replacement) * down
        next_down = _missing(plain, down_shares, felt)
        next_down = np.minimum(1, np.maximum(shock, next_down))
        next_up = np.minimum(1, np.maximum(shock, up_shares @ up))
        steps += 1
        before, after = weight @ np.maximum(down, up), weight @ np.maximum(next_down, next_up)
        change = max((next_down - down).max(), (next_up - up).max())
        down, up = next_down, next_up
        if (after <= (1 + epsilon) * before) if ratio else (change <= epsilon):
            return down, up, steps


def _replaceability(plain: Plain, sold: Floats, down: Floats, replacement: bool) -> Floats:
    sigma = np.ones(len(sold))
    if replacement:
        for firm, own in enumerate(sold):
            same = plain.sector == plain.sector[firm]
            left = (sold[same] * (1 - down[same])).sum()
            if left > 1e-12 * sold[same].sum():
                sigma[firm] = min(1, own / left)
    return sigma


def _missing(plain: Plain, shares: Floats, felt: Floats) -> Floats:
    essential, linear = np.zeros(len(felt)), np.zeros(len(felt))
    for sector in np.unique(plain.sector):
        of_sector = plain.sector == sector
        level = plain.level[sector, plain.sector]
        missing = felt[of_sector] @ shares[of_sector]
        essential = np.where(level == 2, np.maximum(essential, missing), essential)
        linear = np.where(level == 1, linear + missing, linear)
    return np.maximum(essential, linear)
