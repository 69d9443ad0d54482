"""Economic systemic risk index (ESRI, 经济系统性风险指数): what the failure of a firm does to all others.

Source: C. Diem, A. Borsos, T. Reisch, J. Kertész, S. Thurner, “Quantifying firm-level economic systemic risk
from nation-wide supply networks”, Scientific Reports 12 (2022) 7719. Losses spread downstream (an input is
missing) and upstream (an order is missing) in synchronous steps; a scenario stops by itself.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats, Indices, Whole, run_starts
from lianzhang.metrics.inputs import InputError, finite, identifiers, place, require_columns, require_rows
from lianzhang.metrics.supply_network import SupplyNetwork

if TYPE_CHECKING:
    from lianzhang.metrics.systemic_risk_kernels import Network, Outcome, Rule, Scenarios

Progress = Callable[[int, int], None]
#: Weight vector that is used when none is asked for: sales inside the network.
SALES = "out_strength"
#: Scenarios handed to a worker at once: enough to keep the columns of a block busy, few enough to stop soon.
BATCH = 64
#: A scenario leaves the frontier when it touches more than this share of all links in one step.
LARGE_SHARE = 0.05
MOST_STEPS = 100_000


@dataclass(frozen=True, slots=True)
class Shocks:
    """Initial losses by scenario: `names[s]` begins with `loss` at `firm` for rows start[s] to start[s + 1]."""

    names: pl.Series
    start: Whole
    firm: Indices
    loss: Floats


@dataclass(frozen=True, slots=True)
class SystemicRisk:
    """Results of a run.

    `table`: scenario, weight, esri, esri_down, esri_up (shares of the weighted whole, 0 to 1), steps, at_rest.
    `losses_down`, `losses_up`: (scenario, firm) shares lost, or None when they were not asked for.
    """

    table: pl.DataFrame
    losses_down: Floats | None
    losses_up: Floats | None
    warnings: tuple[Text, ...] = ()


def single_failures(
    network: SupplyNetwork, sources: pl.DataFrame | None = None, *, table: str = ""
) -> Shocks:
    """Each firm (or each of `sources`, column firm) fails alone and completely."""
    firm = np.arange(len(network.firms), dtype=np.int32)
    if sources is not None:
        require_columns(sources, ("firm",), table=table)
        require_rows(sources, table=table)
        identifiers(sources, "firm", table=table, unique=True)
        firm = place(sources, "firm", known=network.firms, table=table, known_table=network.called)
    return Shocks(
        network.firms.gather(firm), np.arange(len(firm) + 1, dtype=np.int64), firm, np.ones(len(firm))
    )


def scenario_shocks(network: SupplyNetwork, scenarios: pl.DataFrame, *, table: str = "scenarios") -> Shocks:
    """Scenarios of a table: firm, scenario, loss (0 to 1); scenarios in the order in which they first appear."""
    require_columns(scenarios, ("firm", "scenario", "loss"), table=table)
    require_rows(scenarios, table=table)
    firm = place(scenarios, "firm", known=network.firms, table=table, known_table=network.called)
    name = identifiers(scenarios, "scenario", table=table)
    loss = finite(scenarios, "loss", table=table, least=0.0, most=1.0)
    names = name.unique(maintain_order=True)
    order_of = dict(zip(names.to_list(), range(len(names)), strict=True))
    number = np.array([order_of[each] for each in name.to_list()], np.int64)
    pair = number * len(network.firms) + firm
    if len(np.unique(pair)) < len(pair):
        _, first = np.unique(pair, return_index=True)
        row = int(np.setdiff1d(np.arange(len(pair)), first)[0])
        raise InputError(
            Text(
                f"“{table}”第 {row + 2} 行：情景“{name[row]}”里企业“{scenarios['firm'][row]}”出现了两次。",
                f"“{table}”, line {row + 2}: firm “{scenarios['firm'][row]}” stands twice in scenario “{name[row]}”.",
            ),
            Text("请只留一行。", "Keep one of the rows."),
        )
    order = np.argsort(number, kind="stable")
    start = run_starts(number, len(names))
    return Shocks(names, start, firm[order], loss[order])


def systemic_risk(
    network: SupplyNetwork,
    *,
    shocks: Shocks | None = None,
    epsilon: float = 0.01,
    stop: Literal["absolute", "ratio"] = "absolute",
    replacement: bool = True,
    revenue: Floats | None = None,
    costs: Floats | None = None,
    weights: Mapping[str, Floats] | None = None,
    threads: int | None = None,
    losses: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    most_steps: int = MOST_STEPS,
) -> SystemicRisk:
    """ESRI of every firm, or of given scenarios.

    `epsilon`: a scenario stops after the step whose largest change is at most this (`stop="absolute"`), or
    whose weighted loss grew by at most this share (`"ratio"`). `replacement`: suppliers of a sector stand in
    for each other as far as they have output left. `revenue`, `costs`: totals of each firm, where sales or
    purchases outside the network are known. `weights`: named impact weights, at least one positive value;
    without any, sales inside the network. Results do not depend on `threads`, money units or order of firms.

    Raises `InputError` for settings out of range, `KeyboardInterrupt` when cancelled.
    """
    from lianzhang.metrics.systemic_risk_kernels import Rule

    named = dict(weights) if weights else {SALES: network.output}
    _check_settings(epsilon, named)
    shocks = shocks or single_failures(network)
    arrays = network.arrays(
        replacement=replacement, revenue=revenue, costs=costs, weights=tuple(named.values())
    )
    links = len(arrays.down_share) + len(arrays.up_share)
    rule = Rule(float(epsilon), stop == "ratio", int(most_steps), max(int(LARGE_SHARE * links), 64))
    outcome = _outcome(len(shocks.names), len(named), len(network.firms) if losses else 0)
    _run(arrays, shocks, rule, outcome, _Watch(threads, progress, cancelled))
    return SystemicRisk(
        _table(shocks, list(named), outcome),
        outcome.losses_down if losses else None,
        outcome.losses_up if losses else None,
        network.warnings + _doubts(network, outcome, revenue) + _short(network, revenue, costs),
    )


@dataclass(frozen=True, slots=True)
class _Watch:
    """How many work, who is told, and who may end it."""

    threads: int | None
    progress: Progress | None
    cancelled: Callable[[], bool] | None


class _Queue:
    """Scenarios that wait, handed out in batches."""

    def __init__(self, order: Whole) -> None:
        self.order = order
        self.taken = 0
        self.lock = threading.Lock()

    def next(self) -> Whole:
        with self.lock:
            batch = self.order[self.taken : self.taken + BATCH]
            self.taken += len(batch)
            return batch


def _work(
    arrays: Network,
    scenarios: Scenarios,
    rule: Rule,
    outcome: Outcome,
    queue: _Queue,
    stop: Whole,
) -> None:
    """Follow scenarios on the frontier; carry the large ones together."""
    from lianzhang.metrics.systemic_risk_blocks import advance, block_space, load
    from lianzhang.metrics.systemic_risk_kernels import follow, frontier_space

    space, block = frontier_space(arrays), block_space(arrays)
    batch, cursor = queue.next(), 0
    while not stop[0]:
        free = np.flatnonzero(block.scenario < 0)
        for column in free:
            steps = -1
            while steps < 0 and len(batch):
                cursor, steps = follow(arrays, scenarios, batch, cursor, rule, space, outcome)
                if steps >= 0:
                    load(block, space, int(column), int(batch[cursor - 1]), steps)
                if cursor == len(batch):
                    batch, cursor = queue.next(), 0
        if (block.scenario < 0).all():
            return
        advance(arrays, rule, block, outcome, stop)


def _run(arrays: Network, shocks: Shocks, rule: Rule, outcome: Outcome, watch: _Watch) -> None:
    """Share the scenarios among threads; the largest first, so that nobody waits for a long one at the end."""
    from lianzhang.metrics.systemic_risk_kernels import Scenarios

    scenarios = Scenarios(shocks.start, shocks.firm, shocks.loss)
    order = _largest_first(arrays, scenarios)
    count = max(1, min(watch.threads or os.cpu_count() or 1, -(-len(order) // BATCH)))
    stop = np.zeros(1, np.int64)
    queue = _Queue(order)

    with ThreadPoolExecutor(count) as pool:
        working = {pool.submit(_work, arrays, scenarios, rule, outcome, queue, stop) for _ in range(count)}
        try:
            while wait(working, timeout=0.1).not_done:
                if watch.cancelled is not None and watch.cancelled():
                    raise KeyboardInterrupt
                if watch.progress is not None:
                    watch.progress(queue.taken, len(order))
        finally:
            stop[0] = 1
        for future in working:
            future.result()
    if watch.progress is not None:
        watch.progress(len(order), len(order))


def _largest_first(arrays: Network, scenarios: Scenarios) -> Whole:
    """Scenarios by the sales and purchases they strike at, falling."""
    purchases = np.bincount(
        np.repeat(np.arange(len(arrays.output)), np.diff(arrays.pull_start)), minlength=len(arrays.output)
    )
    size = arrays.output + purchases / max(1, purchases.sum())
    struck = np.concatenate(([0.0], np.cumsum(size[scenarios.firm] * scenarios.loss)))
    reach = struck[scenarios.start[1:]] - struck[scenarios.start[:-1]]
    return np.argsort(-reach, kind="stable").astype(np.int64)


def _outcome(scenarios: int, vectors: int, firms: int) -> Outcome:
    from lianzhang.metrics.systemic_risk_kernels import Outcome

    kept = (scenarios, firms) if firms else (0, 0)
    return Outcome(
        total=np.zeros((scenarios, vectors)),
        down=np.zeros((scenarios, vectors)),
        up=np.zeros((scenarios, vectors)),
        steps=np.zeros(scenarios, np.int64),
        at_rest=np.zeros(scenarios, np.bool_),
        losses_down=np.zeros(kept),
        losses_up=np.zeros(kept),
    )


def _table(shocks: Shocks, weights: list[str], outcome: Outcome) -> pl.DataFrame:
    many = len(weights)
    each = np.repeat(np.arange(len(shocks.names)), many)
    return pl.DataFrame(
        {
            "scenario": shocks.names.gather(each).alias("scenario"),
            "weight": pl.Series(weights * len(shocks.names), dtype=pl.String),
            "esri": outcome.total.ravel(),
            "esri_down": outcome.down.ravel(),
            "esri_up": outcome.up.ravel(),
            "steps": outcome.steps[each],
            "at_rest": outcome.at_rest[each],
        }
    )


def _check_settings(epsilon: float, weights: Mapping[str, Floats]) -> None:
    if not (np.isfinite(epsilon) and 0 < epsilon < 1):
        raise InputError(
            Text(
                f"停止阈值应在 0 与 1 之间，现为 {epsilon}。",
                f"Epsilon lies between 0 and 1, it is {epsilon}.",
            ),
            Text("论文与默认值是 0.01。", "The paper and the default use 0.01."),
        )
    for name, values in weights.items():
        if not (np.isfinite(values).all() and (values >= 0).all() and values.sum() > 0):
            raise InputError(
                Text(
                    f"权重“{name}”应都不小于 0，且不能全为 0。",
                    f"The weights “{name}” must not be negative, nor all 0.",
                ),
                Text("请换一列，或改正这一列。", "Use another column, or correct this one."),
            )


def _short(network: SupplyNetwork, revenue: Floats | None, costs: Floats | None) -> tuple[Text, ...]:
    """Firms whose totals are less than what they trade inside the network alone."""
    sold = 0 if revenue is None else int(((revenue > 0) & (revenue < network.output * (1 - 1e-9))).sum())
    bought = 0 if costs is None else int(((costs > 0) & (costs < network.input * (1 - 1e-9))).sum())
    if not (sold or bought):
        return ()
    return (
        Text(
            f"{sold} 家企业的营业收入小于网内销售，{bought} 家的采购总额小于网内采购：它们的损失被放大，"
            "请核对金额单位和年份。",
            f"{sold} firms have less revenue than sales inside the network, {bought} less costs than purchases "
            "there: their losses are inflated. Check the unit and the year.",
        ),
    )


def _doubts(network: SupplyNetwork, outcome: Outcome, revenue: Floats | None) -> tuple[Text, ...]:
    """What a reader of the results must know about the network."""
    doubts = []
    if revenue is None:
        closed = network.closed_groups()
        if closed:
            firms = sum(len(group) for group in closed)
            doubts.append(
                Text(
                    f"{len(closed)} 组企业（共 {firms} 家）只在组内互相销售，没有最终需求：组内一家停产，"
                    "向上游的损失会慢慢趋近 1。请给出营业收入列。",
                    f"{len(closed)} groups of firms ({firms} in all) sell only among themselves, without final demand: "
                    "upstream losses there creep towards 1. Give the revenue column.",
                )
            )
    elif ((revenue == 0) & (network.output > 0)).any():
        count = int(((revenue == 0) & (network.output > 0)).sum())
        doubts.append(
            Text(
                f"{count} 家企业营业收入为 0 却有销售，按文献以 1 作除数：其结果取决于金额单位，请核对。",
                f"{count} firms sell with a revenue of 0; as in the literature 1 is the divisor, which depends "
                "on the money unit. Check them.",
            )
        )
    if not outcome.at_rest.all():
        count = int((~outcome.at_rest).sum())
        doubts.append(
            Text(
                f"{count} 个情景到步数上限仍未停下，结果是下限。",
                f"{count} scenarios had not come to rest at the last step allowed; their results are lower bounds.",
            )
        )
    return tuple(doubts)
