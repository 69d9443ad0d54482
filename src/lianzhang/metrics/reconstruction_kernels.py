"""Sums over all pairs of firms, and draws of links that never visit a pair without need."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from lianzhang.metrics.arrays import Floats, Indices, Whole
from lianzhang.metrics.compiled import compiled


class Buyers(NamedTuple):
    """Firms that buy, sector by sector (`start`), and there by falling purchases."""

    firm: Indices
    purchases: Floats
    before: Floats  # purchases of all that stand before
    start: Whole


class Links(NamedTuple):
    """Room for links that are drawn."""

    seller: Indices
    buyer: Indices
    weight: Floats


@compiled
def pair_sums(z: float, sellers: Any, buyers: Any, rate: Any) -> tuple[float, float]:
    """Expected links, and their derivative by log z, over groups of like firms.

    `sellers`, `buyers`: (value, number of firms, sector) by row; `rate`: (seller's sector, buyer's sector).
    """
    links = 0.0
    slope = 0.0
    for i in range(sellers.shape[1]):
        scaled = z * sellers[0, i]
        sector = int(sellers[2, i])
        row_links = 0.0
        row_slope = 0.0
        for j in range(buyers.shape[1]):
            x = scaled * buyers[0, j] * rate[sector, int(buyers[2, j])]
            p = x / (1.0 + x)
            row_links += buyers[1, j] * p
            row_slope += buyers[1, j] * p * (1.0 - p)
        links += sellers[1, i] * row_links
        slope += sellers[1, i] * row_slope
    return links, slope


@compiled
def expected_degrees(z: float, value: Any, sector: Any, others: Any, rate: Any, into: Any) -> None:
    """Expected number of partners of each firm among groups of like others; a firm's own pair included."""
    for i in range(len(value)):
        total = 0.0
        for j in range(others.shape[1]):
            x = z * value[i] * others[0, j] * rate[sector[i], int(others[2, j])]
            total += others[1, j] * x / (1.0 + x)
        into[i] = total


@compiled
def _found(running: Any, first: int, last: int, target: float) -> int:
    """The place in first … last - 1 whose stretch of the running sum holds the target."""
    count = last - first
    while count > 1:
        half = count // 2
        # Counted, not branched: which half holds a random target cannot be foreseen.
        first += half * int(running[first + half] <= target)
        count -= half
    return first


@compiled
def _note(links: Any, count: int, seller: int, buyer: int, weight: float) -> int:
    if count < len(links.weight):
        links.seller[count] = seller
        links.buyer[count] = buyer
        links.weight[count] = weight
    return count + 1


@compiled
def _kept(random: Any, odds: float) -> bool:
    """Whether a pair that was hit becomes a link: the ratio of its probability to that of being hit."""
    chance = random.random()
    # The ratio is at least 1 - odds / 2, which mostly settles it.
    return bool(chance < 1.0 - 0.5 * odds or chance * -np.expm1(-odds) < odds / (1.0 + odds))


@compiled
def _sector_by_sector(
    random: Any, z: float, i: int, unit: Any, buyers: Any, gap: float, links: Any, count: int
) -> tuple[int, float]:
    """The customers of a seller with likely pairs; `unit`: by sector, odds of a pair per purchase of the buyer."""
    for sector in range(len(unit)):
        at, end = buyers.start[sector], buyers.start[sector + 1]
        if unit[sector] <= 0.0:
            continue
        while at < end and unit[sector] * buyers.purchases[at] > 1.0:
            odds = unit[sector] * buyers.purchases[at]
            if random.random() * (1.0 + odds) < odds and buyers.firm[at] != i:
                count = _note(links, count, i, buyers.firm[at], (1.0 + odds) / z)
            at += 1
        if at == end:
            continue
        begin = buyers.before[at]
        length = unit[sector] * (buyers.before[end - 1] + buyers.purchases[end - 1] - begin)
        before = -1
        while gap < length:
            hit = _found(buyers.before, at, end, begin + gap / unit[sector])
            odds = unit[sector] * buyers.purchases[hit]
            if hit != before and buyers.firm[hit] != i and _kept(random, odds):
                count = _note(links, count, i, buyers.firm[hit], (1.0 + odds) / z)
            before = hit
            gap += random.standard_exponential()
        gap -= length
    return count, gap


@compiled
def _lines(buyers: Any, rate: Any) -> tuple[Any, Any]:
    """By sector of the seller: where each sector of buyers begins on its line, and the longest stretch of a pair.

    Both for one unit of sales and with odds of one for a flow of one.
    """
    sectors = rate.shape[0]
    line, longest = np.zeros((sectors, sectors + 1)), np.zeros(sectors)
    for own in range(sectors):
        for other in range(sectors):
            at, end = buyers.start[other], buyers.start[other + 1]
            line[own, other + 1] = line[own, other]
            if at < end:
                whole = buyers.before[end - 1] + buyers.purchases[end - 1] - buyers.before[at]
                line[own, other + 1] += rate[own, other] * whole
                longest[own] = max(longest[own], rate[own, other] * buyers.purchases[at])
    return line, longest


@compiled
def draw(
    random: Any, z: float, seller: Any, first: int, last: int, buyers: Any, rate: Any, links: Any
) -> int:
    """Draw the customers of the sellers first to last - 1; the number of links, noted while there is room.

    `seller`: (sales, sector) by row. The weight of a link is the flow expected over its probability.

    Pairs likelier than one half are tried one by one. For the others, with odds x, points fall at random on a
    line on which each pair owns a stretch of length x: a pair is hit with probability 1 - exp(-x), which is at
    least x / (1 + x), and a hit is kept with the ratio of the two. So only pairs that are hit are visited.
    """
    count = 0
    gap = random.standard_exponential()
    line, longest = _lines(buyers, rate)
    sectors = len(rate)
    for i in range(first, last):
        own = int(seller[1, i])
        scaled = z * seller[0, i]
        if scaled * longest[own] > 1.0:
            count, gap = _sector_by_sector(random, z, i, scaled * rate[own], buyers, gap, links, count)
            continue
        length = scaled * line[own, sectors]
        before = -1
        while gap < length:
            target = gap / scaled
            gap += random.standard_exponential()
            sector = _found(line[own], 0, sectors, target)
            at, end = buyers.start[sector], buyers.start[sector + 1]
            # By rounding alone a point may fall on a stretch of no length at the very end.
            if at == end or rate[own, sector] <= 0.0:
                continue
            along = buyers.before[at] + (target - line[own, sector]) / rate[own, sector]
            hit = _found(buyers.before, at, end, along)
            odds = scaled * rate[own, sector] * buyers.purchases[hit]
            if hit != before and buyers.firm[hit] != i and _kept(random, odds):
                count = _note(links, count, i, buyers.firm[hit], (1.0 + odds) / z)
            before = hit
        gap -= length
    return count
