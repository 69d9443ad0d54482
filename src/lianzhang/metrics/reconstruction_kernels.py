"""Sums over all pairs of firms, and draws of links that never visit a pair without need."""

from __future__ import annotations

from typing import Any

import numpy as np

from lianzhang.metrics.compiled import compiled


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
    while last - first > 1:
        middle = (first + last) // 2
        if running[middle] <= target:
            first = middle
        else:
            last = middle
    return first


@compiled
def _note(links: Any, count: int, seller: int, buyer: float, flow: float, probability: float) -> int:
    if count < links.shape[0]:
        links[count, 0] = seller
        links[count, 1] = buyer
        links[count, 2] = flow
        links[count, 3] = probability
    return count + 1


@compiled
def draw(
    random: Any, z: float, seller: Any, first: int, last: int, buyer: Any, start: Any, rate: Any, links: Any
) -> int:
    """Draw the customers of the sellers first to last - 1; the number of links, noted while there is room.

    `seller`: (sales, sector) by row; `buyer`: (firm, purchases, purchases of all before it) by row, sector by
    sector (`start`) and there by falling purchases. `links` receives (seller, buyer, flow expected, probability).

    Pairs likelier than one half are tried one by one. For the others, with odds x, points fall at random on a
    line on which each pair owns a stretch of length x: a pair is hit with probability 1 - exp(-x), which is at
    least x / (1 + x), and a hit is kept with the ratio of the two. So only pairs that are hit are visited.
    """
    count = 0
    gap = random.standard_exponential()
    for i in range(first, last):
        for sector in range(len(start) - 1):
            flow = seller[0, i] * rate[int(seller[1, i]), sector]
            at, end = start[sector], start[sector + 1]
            unit = z * flow
            if unit <= 0.0 or at == end:
                continue
            while at < end and unit * buyer[1, at] > 1.0:
                odds = unit * buyer[1, at]
                if random.random() * (1.0 + odds) < odds and int(buyer[0, at]) != i:
                    count = _note(links, count, i, buyer[0, at], flow * buyer[1, at], odds / (1.0 + odds))
                at += 1
            if at == end:
                continue
            begin = buyer[2, at]
            length = unit * (buyer[2, end - 1] + buyer[1, end - 1] - begin)
            before = -1
            while gap < length:
                hit = _found(buyer[2], at, end, begin + gap / unit)
                odds = unit * buyer[1, hit]
                p = odds / (1.0 + odds)
                if hit != before and int(buyer[0, hit]) != i and random.random() * -np.expm1(-odds) < p:
                    count = _note(links, count, i, buyer[0, hit], flow * buyer[1, hit], p)
                before = hit
                gap += random.standard_exponential()
            gap -= length
    return count
