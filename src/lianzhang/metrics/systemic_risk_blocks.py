"""The economic systemic risk index for failures that reach far: eight scenarios side by side.

Each is one column of a dense block, so that a link is read once for all of them. A column that has come to
rest is given to the next scenario. Columns never touch each other.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from lianzhang.metrics.arrays import Floats, Whole
from lianzhang.metrics.compiled import compiled
from lianzhang.metrics.systemic_risk_kernels import Network

#: Scenarios carried together: one vector of current processors, and small enough to stay in their cache.
WIDTH = 8


class Block(NamedTuple):
    """Working space of the scenarios side by side."""

    down: Floats
    felt: Floats  # loss of a supplier as far as it cannot be replaced
    up: Floats
    up_before: Floats
    left: Floats  # market -> one over the output that is left
    change: Floats
    impact: Floats  # (before, after) for the ratio rule
    scenario: Whole
    steps: Whole


@compiled
def _replaceability(net: Any, block: Any) -> None:
    """What each supplier's loss means to its buyers, given what is left in its market."""
    for market in range(len(net.market_output)):
        for column in range(WIDTH):
            block.left[market, column] = 0.0
    for firm in range(len(net.output)):
        market = net.market[firm]
        if market >= 0:
            output = net.output[firm]
            for column in range(WIDTH):
                block.left[market, column] += output * (1.0 - block.down[firm, column])
    for market in range(len(net.market_output)):
        floor = net.market_floor[market]
        for column in range(WIDTH):
            left = block.left[market, column]
            block.left[market, column] = 1.0 / left if left > floor else 1e300
    for firm in range(len(net.output)):
        market = net.market[firm]
        output = net.output[firm]
        if market >= 0:
            for column in range(WIDTH):
                share = min(1.0, output * block.left[market, column])
                block.felt[firm, column] = share * block.down[firm, column]
        else:
            for column in range(WIDTH):
                block.felt[firm, column] = block.down[firm, column]


@compiled
def _block_down(net: Any, block: Any, best: Any, acc: Any) -> None:
    """One step from suppliers to buyers for all columns; losses never shrink, so it may be done in place."""
    _replaceability(net, block)
    for buyer in range(len(net.output)):
        if net.group_start[buyer] == net.group_start[buyer + 1]:
            continue
        for column in range(WIDTH):
            best[column] = block.down[buyer, column]
        for group in range(net.group_start[buyer], net.group_start[buyer + 1]):
            link = net.down_start[group]
            supplier = net.down_supplier[link]
            share = net.down_share[link]
            last = net.down_start[group + 1]
            if last - link == 1:
                # Most groups hold one supplier: nothing to add up.
                for column in range(WIDTH):
                    best[column] = max(best[column], share * block.felt[supplier, column])
                continue
            for column in range(WIDTH):
                acc[column] = share * block.felt[supplier, column]
            for later in range(link + 1, last):
                supplier = net.down_supplier[later]
                share = net.down_share[later]
                for column in range(WIDTH):
                    acc[column] += share * block.felt[supplier, column]
            for column in range(WIDTH):
                best[column] = max(best[column], acc[column])
        for column in range(WIDTH):
            new = min(1.0, best[column])
            block.change[column] = max(block.change[column], new - block.down[buyer, column])
            block.down[buyer, column] = new


@compiled
def _block_up(net: Any, block: Any, acc: Any) -> None:
    """One step from buyers to suppliers for all columns; everybody sees the losses before the step."""
    up, before = block.up, block.up_before
    for firm in range(len(net.output)):
        for column in range(WIDTH):
            before[firm, column] = up[firm, column]
    for firm in range(len(net.output)):
        for column in range(WIDTH):
            acc[column] = 0.0
        for link in range(net.up_start[firm], net.up_start[firm + 1]):
            buyer = net.up_buyer[link]
            share = net.up_share[link]
            for column in range(WIDTH):
                acc[column] += share * before[buyer, column]
        for column in range(WIDTH):
            old = before[firm, column]
            new = min(1.0, max(old, acc[column]))
            block.change[column] = max(block.change[column], new - old)
            up[firm, column] = new


@compiled
def _block_impact(net: Any, block: Any) -> None:
    """Weighted losses of all columns, first weight vector; the ones before move one place on."""
    for column in range(WIDTH):
        block.impact[0, column] = block.impact[1, column]
        block.impact[1, column] = 0.0
    for firm in range(len(net.output)):
        weight = net.weights[0, firm]
        for column in range(WIDTH):
            block.impact[1, column] += weight * max(block.down[firm, column], block.up[firm, column])


@compiled
def load(block: Any, space: Any, column: int, scenario: int, steps: int) -> None:
    """Give a free column to a scenario that grew large on the frontier, and empty the frontier."""
    for firm in range(len(block.down)):
        block.down[firm, column] = space.down[firm]
        block.up[firm, column] = space.up[firm]
        space.down[firm] = 0.0
        space.up[firm] = 0.0
    block.scenario[column] = scenario
    block.steps[column] = steps


@compiled
def _record(net: Any, block: Any, outcome: Any, resting: Any) -> None:
    """Write down the scenarios of the resting columns and free them."""
    for vector in range(net.weights.shape[0]):
        for firm in range(len(net.output)):
            weight = net.weights[vector, firm]
            for column in resting:
                scenario = block.scenario[column]
                down_loss, up_loss = block.down[firm, column], block.up[firm, column]
                outcome.total[scenario, vector] += weight * max(down_loss, up_loss)
                outcome.down[scenario, vector] += weight * down_loss
                outcome.up[scenario, vector] += weight * up_loss
    if outcome.losses_down.shape[0] > 0:
        for column in resting:
            for firm in range(len(net.output)):
                outcome.losses_down[block.scenario[column], firm] = block.down[firm, column]
                outcome.losses_up[block.scenario[column], firm] = block.up[firm, column]
    for column in resting:
        block.scenario[column] = -1


@compiled
def _resting(block: Any, rule: Any, outcome: Any) -> Any:
    """Columns that have come to rest or used up their steps."""
    columns = np.empty(WIDTH, np.int64)
    count = 0
    for column in range(WIDTH):
        scenario = block.scenario[column]
        if scenario < 0:
            continue
        block.steps[column] += 1
        if rule.ratio:
            rests = block.impact[1, column] <= (1.0 + rule.epsilon) * block.impact[0, column]
        else:
            rests = block.change[column] <= rule.epsilon
        if rests or block.steps[column] >= rule.most_steps:
            outcome.steps[scenario] = block.steps[column]
            outcome.at_rest[scenario] = rests
            columns[count] = column
            count += 1
    return columns[:count]


@compiled
def advance(net: Any, rule: Any, block: Any, outcome: Any, stop: Any) -> None:
    """Carry all columns forward until at least one comes to rest; its results are written down.

    Any non-zero `stop` ends it between two steps.
    """
    best = np.empty(WIDTH)
    acc = np.empty(WIDTH)
    if rule.ratio:
        _block_impact(net, block)
    while stop[0] == 0:
        for column in range(WIDTH):
            block.change[column] = 0.0
        _block_down(net, block, best, acc)
        _block_up(net, block, acc)
        if rule.ratio:
            _block_impact(net, block)
        resting = _resting(block, rule, outcome)
        if len(resting) > 0:
            _record(net, block, outcome, resting)
            return


def block_space(net: Network) -> Block:
    """Working space; every column is free."""
    firms = len(net.output)
    return Block(
        down=np.zeros((firms, WIDTH)),
        felt=np.zeros((firms, WIDTH)),
        up=np.zeros((firms, WIDTH)),
        up_before=np.zeros((firms, WIDTH)),
        left=np.zeros((len(net.market_output), WIDTH)),
        change=np.zeros(WIDTH),
        impact=np.zeros((2, WIDTH)),
        scenario=np.full(WIDTH, -1, np.int64),
        steps=np.zeros(WIDTH, np.int64),
    )
