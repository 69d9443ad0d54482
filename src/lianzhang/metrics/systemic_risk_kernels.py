"""The economic systemic risk index, firm by firm: the loops for failures that stay small.

Most failures die out after a few links and are followed on their frontier alone. One that grows large is
handed to a dense block (`systemic_risk_blocks`). What a scenario computes depends on that scenario alone,
never on its neighbours or the number of threads.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lianzhang.metrics.arrays import Floats, Indices, Whole
from lianzhang.metrics.compiled import compiled

#: Shares of a market below which what is left is summed anew, so that no digits cancel.
SCARCE = 1e-3
FINISHED, LARGE = 0, 1


class Network(NamedTuple):
    """Impact matrices by receiver (gather) and by sender (push); firms, markets and groups are numbered."""

    output: Floats  # firm -> sales, as a share of all sales
    market: Indices  # firm -> market in which it can be replaced, -1 for none
    market_output: Floats
    market_floor: Floats  # a market with less output left counts as empty
    member_start: Whole
    members: Indices
    group_start: Whole  # buyer -> its groups of inputs
    group_buyer: Indices
    down_start: Whole  # group -> its links
    down_supplier: Indices
    down_share: Floats
    push_start: Whole  # supplier -> the groups it delivers to
    push_group: Indices
    push_share: Floats
    up_start: Whole  # supplier -> its buyers
    up_buyer: Indices
    up_share: Floats
    pull_start: Whole  # buyer -> its suppliers
    pull_supplier: Indices
    pull_share: Floats
    weights: Floats  # (weight vector, firm), each row sums to one


class Scenarios(NamedTuple):
    """Initial losses: firms and losses of scenario s stand between start[s] and start[s + 1]."""

    start: Whole
    firm: Indices
    loss: Floats


class Rule(NamedTuple):
    """When a scenario has come to rest, and when it leaves the frontier for the block."""

    epsilon: float
    ratio: bool
    most_steps: int
    most_links: int


class Frontier(NamedTuple):
    """Working space of one scenario: zero outside of a call."""

    down: Floats
    up: Floats
    next_value: Floats
    group_value: Floats
    lost: Floats
    down_active: Indices
    up_active: Indices
    touched: Indices
    touched_groups: Indices
    counts: Whole  # active downstream, active upstream, links downstream, links upstream


class Outcome(NamedTuple):
    """Results by scenario; the losses of firms are kept only where the arrays have room."""

    total: Floats  # (scenario, weight vector)
    down: Floats
    up: Floats
    steps: Whole
    at_rest: NDArray[np.bool_]
    losses_down: Floats  # (scenario, firm) or (0, 0)
    losses_up: Floats


@compiled
def _frontier_markets(net: Any, space: Any) -> None:
    """Minus the output left in every market that a failing firm belongs to, into `lost`."""
    for at in range(space.counts[0]):
        market = net.market[space.down_active[at]]
        if market >= 0:
            space.lost[market] = 0.0
    for at in range(space.counts[0]):
        firm = space.down_active[at]
        market = net.market[firm]
        if market >= 0:
            space.lost[market] += net.output[firm] * space.down[firm]
    for at in range(space.counts[0]):
        market = net.market[space.down_active[at]]
        # A negative mark keeps what is left apart from what is lost.
        if market >= 0 and space.lost[market] >= 0.0:
            left = net.market_output[market] - space.lost[market]
            if left < SCARCE * net.market_output[market]:
                left = 0.0
                for member in range(net.member_start[market], net.member_start[market + 1]):
                    firm = net.members[member]
                    left += net.output[firm] * (1.0 - space.down[firm])
            space.lost[market] = -max(left, 1e-300)


@compiled
def _frontier_down(net: Any, space: Any) -> float:
    """One step along the links from supplier to buyer; the largest change."""
    _frontier_markets(net, space)
    groups = 0
    for at in range(space.counts[0]):
        firm = space.down_active[at]
        felt = space.down[firm]
        market = net.market[firm]
        if market >= 0:
            left = -space.lost[market]
            if left > net.market_floor[market] and net.output[firm] < left:
                felt *= net.output[firm] / left
        for link in range(net.push_start[firm], net.push_start[firm + 1]):
            value = net.push_share[link] * felt
            if value > 0.0:
                group = net.push_group[link]
                if space.group_value[group] == 0.0:
                    space.touched_groups[groups] = group
                    groups += 1
                space.group_value[group] += value
    buyers = 0
    for at in range(groups):
        group = space.touched_groups[at]
        buyer = net.group_buyer[group]
        if space.next_value[buyer] == 0.0:
            space.touched[buyers] = buyer
            buyers += 1
        space.next_value[buyer] = max(space.next_value[buyer], space.group_value[group])
        space.group_value[group] = 0.0
    return _settle(space, space.down, space.down_active, 0, net.push_start, buyers)


@compiled
def _frontier_up(net: Any, space: Any) -> float:
    """One step along the links from buyer to supplier; the largest change."""
    suppliers = 0
    for at in range(space.counts[1]):
        firm = space.up_active[at]
        loss = space.up[firm]
        for link in range(net.pull_start[firm], net.pull_start[firm + 1]):
            value = net.pull_share[link] * loss
            if value > 0.0:
                supplier = net.pull_supplier[link]
                if space.next_value[supplier] == 0.0:
                    space.touched[suppliers] = supplier
                    suppliers += 1
                space.next_value[supplier] += value
    return _settle(space, space.up, space.up_active, 1, net.pull_start, suppliers)


@compiled
def _settle(space: Any, losses: Any, active: Any, side: int, start: Any, touched: int) -> float:
    """Take over the new losses of the touched firms; losses never shrink, so the old ones are a floor."""
    change = 0.0
    for at in range(touched):
        firm = space.touched[at]
        new = min(1.0, space.next_value[firm])
        space.next_value[firm] = 0.0
        old = losses[firm]
        if new > old:
            if old == 0.0:
                active[space.counts[side]] = firm
                space.counts[side] += 1
                space.counts[2 + side] += start[firm + 1] - start[firm]
            losses[firm] = new
            change = max(change, new - old)
    return change


@compiled
def _begin(net: Any, space: Any, scenarios: Any, scenario: int) -> None:
    for side in range(4):
        space.counts[side] = 0
    for at in range(scenarios.start[scenario], scenarios.start[scenario + 1]):
        firm = scenarios.firm[at]
        loss = scenarios.loss[at]
        if loss > 0.0:
            space.down[firm] = loss
            space.up[firm] = loss
            space.down_active[space.counts[0]] = firm
            space.up_active[space.counts[1]] = firm
            space.counts[0] += 1
            space.counts[1] += 1
            space.counts[2] += net.push_start[firm + 1] - net.push_start[firm]
            space.counts[3] += net.pull_start[firm + 1] - net.pull_start[firm]


@compiled
def _frontier_sum(space: Any, weights: Any) -> float:
    """Weighted sum of the larger of both losses over the firms reached."""
    total = 0.0
    for at in range(space.counts[1]):
        firm = space.up_active[at]
        total += weights[firm] * max(space.down[firm], space.up[firm])
    for at in range(space.counts[0]):
        firm = space.down_active[at]
        if space.up[firm] == 0.0:
            total += weights[firm] * space.down[firm]
    return total


@compiled
def _follow(net: Any, space: Any, rule: Any) -> tuple[int, int, bool]:
    """Follow one scenario until it rests or grows large: (state, steps, at rest)."""
    steps = 0
    down_change = 1.0
    up_change = 1.0
    before = _frontier_sum(space, net.weights[0]) if rule.ratio else 0.0
    while space.counts[2] + space.counts[3] <= rule.most_links:
        # What did not move at all will never move again: both directions are independent.
        if down_change > 0.0:
            down_change = _frontier_down(net, space)
        if up_change > 0.0:
            up_change = _frontier_up(net, space)
        steps += 1
        if rule.ratio:
            after = _frontier_sum(space, net.weights[0])
            rests = after <= (1.0 + rule.epsilon) * before
            before = after
        else:
            rests = max(down_change, up_change) <= rule.epsilon
        if rests or steps >= rule.most_steps:
            return FINISHED, steps, rests
    return LARGE, steps, False


@compiled
def _record_frontier(net: Any, space: Any, outcome: Any, scenario: int, steps: int, at_rest: bool) -> None:
    for vector in range(net.weights.shape[0]):
        weights = net.weights[vector]
        outcome.total[scenario, vector] = _frontier_sum(space, weights)
        for at in range(space.counts[0]):
            firm = space.down_active[at]
            outcome.down[scenario, vector] += weights[firm] * space.down[firm]
        for at in range(space.counts[1]):
            firm = space.up_active[at]
            outcome.up[scenario, vector] += weights[firm] * space.up[firm]
    outcome.steps[scenario] = steps
    outcome.at_rest[scenario] = at_rest
    if outcome.losses_down.shape[0] > 0:
        for firm in range(len(space.down)):
            outcome.losses_down[scenario, firm] = space.down[firm]
            outcome.losses_up[scenario, firm] = space.up[firm]


@compiled
def _clear(space: Any) -> None:
    for at in range(space.counts[0]):
        space.down[space.down_active[at]] = 0.0
    for at in range(space.counts[1]):
        space.up[space.up_active[at]] = 0.0


@compiled
def follow(
    net: Any, scenarios: Any, order: Any, cursor: int, rule: Any, space: Any, outcome: Any
) -> tuple[int, int]:
    """Follow the scenarios of `order` from `cursor` on, firm by firm, up to the first that grows large.

    Gives the place after the last one followed, and the steps of the large one, which `space` then holds;
    -1 if none grew large.
    """
    while cursor < len(order):
        scenario = order[cursor]
        cursor += 1
        _begin(net, space, scenarios, scenario)
        state, steps, at_rest = _follow(net, space, rule)
        if state == LARGE:
            return cursor, steps
        _record_frontier(net, space, outcome, scenario, steps, at_rest)
        _clear(space)
    return cursor, -1


def frontier_space(net: Network) -> Frontier:
    """Working space for one scenario at a time."""
    firms, groups, markets = len(net.output), len(net.group_buyer), len(net.market_output)
    return Frontier(
        down=np.zeros(firms),
        up=np.zeros(firms),
        next_value=np.zeros(firms),
        group_value=np.zeros(groups),
        lost=np.zeros(markets),
        down_active=np.zeros(firms, np.int32),
        up_active=np.zeros(firms, np.int32),
        touched=np.zeros(firms, np.int32),
        touched_groups=np.zeros(groups, np.int32),
        counts=np.zeros(4, np.int64),
    )
