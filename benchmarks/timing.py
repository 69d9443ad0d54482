"""Taking the time: CPU seconds of this process and wall time, and a table of figures beside their goals."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Taken:
    """CPU seconds (all threads) and wall seconds."""

    cpu: float
    wall: float

    def __str__(self) -> str:
        return f"{self.cpu:9.3f} CPU s  {self.wall:9.3f} s wall"


def take(work: Callable[[], Result], *, rounds: int = 3) -> tuple[Taken, Result]:
    """The quickest of some rounds after none to warm up; the result of the last."""
    best, result = Taken(float("inf"), float("inf")), None
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        result = work()
        taken = Taken(time.process_time() - cpu, time.perf_counter() - wall)
        best = min(best, taken, key=lambda each: each.cpu)
    assert result is not None
    return best, result


def line(what: str, taken: Taken, *, goal: float | None = None, ratio: float | None = None) -> None:
    """One row: what, the time, the goal in wall seconds and whether it is met, the ratio to a peer."""
    met = "" if goal is None else f"  goal {goal:g} s: {'met' if taken.wall <= goal else 'NOT met'}"
    beside = "" if ratio is None else f"  {ratio:,.0f} × the peer"
    print(f"{what:<44}{taken}{met}{beside}", flush=True)


def agree(what: str, difference: float, most: float) -> None:
    """End the run where two sides do not agree: then no time means anything."""
    if not difference <= most:
        sys.exit(f"{what}: the answers differ by {difference:.3g}, more than {most:g}")
    print(f"{what:<44}agree within {difference:.1e}", flush=True)


def surroundings() -> None:
    """What the figures depend on."""
    load = os.getloadavg()[0]
    print(
        f"{os.cpu_count()} processors, load {load:.1f} before the start; the quickest of the rounds is told"
    )


def memory() -> float:
    """Largest memory of this process so far, GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
