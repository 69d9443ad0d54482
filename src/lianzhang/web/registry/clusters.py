"""Which enterprises are one, as a pure function of the latest judgement on each pair."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

#: (left, right, decision)
Judged = tuple[str, str, str]


def heads(judged: Iterable[Judged], members: Iterable[str], *, order: Callable[[str], Any]) -> dict[str, str]:
    """For each member the first of its cluster in `order`; alone it is its own head."""
    parent = {pk: pk for pk in members}

    def root(pk: str) -> str:
        while parent[pk] != pk:
            parent[pk] = parent[parent[pk]]
            pk = parent[pk]
        return pk

    for left, right, decision in judged:
        if decision == "same":
            first, second = sorted((root(left), root(right)), key=order)
            parent[second] = first
    return {pk: root(pk) for pk in parent}


def contradiction(judged: Iterable[Judged]) -> list[str] | None:
    """A chain of pairs judged the same whose ends are judged different; None when all agree."""
    judged = list(judged)
    same: dict[str, set[str]] = {}
    for left, right, decision in judged:
        if decision == "same":
            same.setdefault(left, set()).add(right)
            same.setdefault(right, set()).add(left)
    for left, right, decision in judged:
        if decision == "different" and (path := _path(same, left, right)):
            return path
    return None


def _path(same: dict[str, set[str]], start: str, goal: str) -> list[str] | None:
    before: dict[str, str] = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == goal:
            path = [here]
            while path[-1] != start:
                path.append(before[path[-1]])
            return path[::-1]
        for there in sorted(same.get(here, ())):
            if there not in before:
                before[there] = here
                waiting.append(there)
    return None
