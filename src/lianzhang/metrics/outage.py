"""What if this supplier stops (断供推演): who feels it, on which day, how long — with stocks and recovery.

Day by day along the links from supplier to buyer. Every assumption errs on the side of harm, and so a longer
stop, a larger one, or a smaller stock never hurts fewer firms:
- a buyer lives on its stock until it is used up at the full rate of use; it is not filled again while the
  disturbance lasts;
- without an essential product it falls by the missing share of that product, the worst of several; helpful
  inputs together by their share of all purchases;
- nobody stands in for the missing supplier (substitutes are listed apart, for people to ask);
- after the stop a firm comes back by at most 1 / recovery of its output a day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats
from lianzhang.metrics.inputs import InputError
from lianzhang.metrics.reconstruction import ENOUGH_KNOWN
from lianzhang.metrics.supply_network import SupplyNetwork

#: Days that are looked at: beyond a year the assumptions say nothing.
HORIZON = 365
#: Share of a firm's output whose loss counts as being hit.
FELT = 0.1


@dataclass(frozen=True)
class Outage:
    """Result: `firms` (firm, first_day, days, worst) of the firms hit, the source's own among them.

    `first_day`: day of the first loss of at least the threshold, day 0 being the first of the stop; `days`:
    number of days with such a loss; `worst`: largest share of a day's output lost.
    `causes`: firm, supplier, share for every firm that loses anything: the supplier whose loss, times its share
    of the input, weighs most of those that lost before.
    """

    firms: pl.DataFrame
    horizon: int
    assumptions: tuple[Text, ...]
    causes: pl.DataFrame

    def path(self, firm: str) -> list[str]:
        """The links by which the loss reached the firm: a source first, the firm itself last."""
        way = [firm]
        while way[-1] in self._before:
            way.append(self._before[way[-1]])
        return way[::-1]

    @cached_property
    def _before(self) -> dict[str, str]:
        return dict(self.causes.select("firm", "supplier").iter_rows())

    def hit_by(self, day: int) -> int:
        """Firms hit up to that day, the sources included."""
        return int((self.firms["first_day"] <= day).sum())


@dataclass(frozen=True, slots=True)
class Answer:
    """How many firms are hit: `low` to `high`. Where `is_range`, no single number may be told.

    `coverage`: share of purchases whose supplier is known; None when total purchases are not known.
    """

    low: int
    high: int
    coverage: float | None

    @property
    def is_range(self) -> bool:
        return self.coverage is None or self.coverage < ENOUGH_KNOWN


def simulate_outage(
    network: SupplyNetwork,
    lost: Mapping[str, float],
    *,
    days: int,
    cover: float | Floats = 0.0,
    recovery: float | Floats = 0.0,
    horizon: int = HORIZON,
    felt: float = FELT,
) -> Outage:
    """The firms in `lost` (firm → share of output lost, 0 to 1) stop for `days` days from day 0.

    `cover`: stock of every bought product in days of use, one for all or one for each firm; `recovery`: days
    a firm needs to come back fully. Raises `InputError` for unknown firms or values out of range.
    """
    shock = _shock(network, lost)
    covers, rests = (_for_each(network, value) for value in (cover, recovery))
    if days < 0 or horizon < 1 or not 0 < felt <= 1:
        raise InputError(
            Text(
                "停产天数不小于 0，推演天数至少 1，门槛在 0 与 1 之间。",
                "Days are not negative, the horizon is at least 1, the threshold between 0 and 1.",
            ),
        )
    losses = daily_losses(network, shock, days=days, cover=covers, recovery=rests, horizon=horizon)
    hit = losses >= felt - 1e-12
    some = np.flatnonzero(hit.any(axis=0))
    table = pl.DataFrame(
        {
            "firm": network.firms.gather(some),
            "first_day": hit[:, some].argmax(axis=0).astype(np.int64),
            "days": hit[:, some].sum(axis=0).astype(np.int64),
            "worst": losses[:, some].max(axis=0) if len(some) else np.zeros(0),
        }
    ).sort("first_day", "firm")
    return Outage(table, horizon, _assumptions(covers, rests, felt), _causes(network, losses, shock))


def time_to_survive(
    network: SupplyNetwork, lost: Mapping[str, float], *, cover: float | Floats = 0.0, horizon: int = HORIZON
) -> int | None:
    """Days until the first other firm is hit if the firms in `lost` never came back; None within the horizon."""
    shock = _shock(network, lost)
    others = shock == 0
    losses = daily_losses(
        network, shock, days=horizon, cover=_for_each(network, cover), recovery=np.zeros(len(shock)),
        horizon=horizon, until=lambda today: bool((today[others] >= FELT - 1e-12).any()),
    )  # fmt: skip
    hit = (losses[:, others] >= FELT - 1e-12).any(axis=1)
    return int(hit.argmax()) if hit.any() else None


def _causes(network: SupplyNetwork, losses: Floats, shock: Floats) -> pl.DataFrame:
    """The heaviest cause of each firm's loss among suppliers that lost on an earlier day."""
    groups = network.input_groups()
    supplier, share = groups.links.other, groups.links.share
    buyer = np.repeat(groups.buyer, np.diff(groups.links.start))
    lost = losses > 0
    first = np.where(lost.any(axis=0), lost.argmax(axis=0), len(losses))
    weight = share * losses.max(axis=0, initial=0.0)[supplier]
    led = (first[supplier] < first[buyer]) & (first[buyer] < len(losses)) & (shock[buyer] == 0) & (weight > 0)
    some = np.flatnonzero(led)
    some = some[np.lexsort((supplier[some], -weight[some], buyer[some]))]
    some = some[np.diff(buyer[some], prepend=-1) != 0]
    return pl.DataFrame(
        {
            "firm": network.firms.gather(buyer[some]),
            "supplier": network.firms.gather(supplier[some]),
            "share": share[some],
        }
    )


def daily_losses(
    network: SupplyNetwork,
    shock: Floats,
    *,
    days: int,
    cover: Floats,
    recovery: Floats,
    horizon: int,
    until: Callable[[Floats], bool] | None = None,
) -> Floats:
    """(day, firm): share of a normal day's output that is lost; zeros after the day of which `until` is true."""
    groups = network.input_groups()
    starts, supplier, share = groups.links.start[:-1], groups.links.other, groups.links.share
    stock = cover[groups.buyer]
    used = np.zeros(len(groups.buyer))
    back = 1.0 / np.maximum(recovery, 1e-9)
    losses = np.zeros((horizon, len(network.firms)))
    before: Floats = np.zeros(len(network.firms))
    for day in range(horizon):
        now = np.maximum(shock if day < days else 0.0, before - back)
        if len(starts) and before.any():
            missing = np.minimum(1.0, np.add.reduceat(share * before[supplier], starts))
            spent = used + missing
            short = np.maximum(0.0, spent - stock) - np.maximum(0.0, used - stock)
            used = spent
            np.maximum.at(now, groups.buyer, short)
        losses[day] = np.clip(now, 0.0, 1.0)
        before = losses[day]
        if (day >= days and not before.any()) or (until is not None and until(before)):
            break
    return losses


def firms_hit(
    network: SupplyNetwork,
    reported: SupplyNetwork | None,
    lost: Mapping[str, float],
    *,
    days: int,
    coverage: float | None,
    cover: float = 0.0,
    recovery: float = 0.0,
) -> Answer:
    """How many firms are hit, with what is not known in mind.

    `network`: reported and estimated links; `reported`: the reported ones alone, or None if all are reported.
    The low end trusts reported links only, the high end all.
    """
    settings = {"days": days, "cover": cover, "recovery": recovery}
    ends = [len(simulate_outage(each, lost, **settings).firms) for each in (reported or network, network)]  # type: ignore[arg-type]
    return Answer(min(ends), max(ends), coverage)


def coverage(network: SupplyNetwork, purchases: Floats) -> float | None:
    """Share of all purchases (total of each firm, NaN where unknown) that the links explain."""
    known = np.isfinite(purchases) & (purchases > 0)
    if not known.any():
        return None
    return float(np.minimum(network.input[known], purchases[known]).sum() / purchases[known].sum())


def _shock(network: SupplyNetwork, lost: Mapping[str, float]) -> Floats:
    shock = np.zeros(len(network.firms))
    for firm, share in lost.items():
        at = network.firms.index_of(firm)
        if at is None or not 0.0 <= share <= 1.0:
            raise InputError(
                Text(
                    f"企业“{firm}”不在网络里，或损失份额 {share:g} 不在 0 与 1 之间。",
                    f"Firm “{firm}” is not in the network, or its loss {share:g} is not between 0 and 1.",
                ),
                Text("请核对编号和份额。", "Check the identifier and the share."),
            )
        shock[at] = share
    return shock


def _for_each(network: SupplyNetwork, value: float | Floats) -> Floats:
    values = np.broadcast_to(np.asarray(value, np.float64), (len(network.firms),))
    if not (np.isfinite(values) & (values >= 0)).all():
        raise InputError(
            Text(
                "库存天数和恢复天数应是不小于 0 的数。",
                "Days of stock and of recovery are numbers not below 0.",
            ),
            Text("不知道时用统一的假设值。", "Where it is unknown, use one assumption for all."),
        )
    return values


def _assumptions(cover: Floats, recovery: Floats, felt: float) -> tuple[Text, ...]:
    low, high = float(cover.min()), float(cover.max())
    slow = float(recovery.max())
    stock = (
        Text(f"{low:g}", f"{low:g}") if low == high else Text(f"{low:g} 至 {high:g}", f"{low:g} to {high:g}")
    )
    return (
        Text(
            f"库存可用 {stock.zh} 天，推演期间不再补库。",
            f"Stocks last {stock.en} days and are not filled again.",
        ),
        Text(f"企业复产最多用 {slow:g} 天。", f"A firm needs up to {slow:g} days to come back."),
        Text(
            "没有计入替代供方；替代名单另列，须逐家询问。",
            "No substitute steps in; candidates are listed apart, to be asked one by one.",
        ),
        Text(f"产出损失达到 {felt:.0%} 算受影响。", f"A loss of {felt:.0%} of output counts as being hit."),
        Text("供货晚一天到达下游。", "A missing delivery is felt one day later."),
    )
