"""Whether clocks end where a second, independent way of counting says, and how fast they are counted.

    python benchmarks/clocks.py [--count 10000] [--seed 1]

Each history is a random start, limit, pauses and extensions. The second way looks at single minutes of office
hours and asks the package `chinesecalendar` day by day; it shares no code with the product.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY)]

from tests.casework.ground import calendar, counted_otherwise, random_clock  # noqa: E402


def main() -> int:
    """Count every history both ways; the exit code says whether all agree."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - histories, no secrets
    clocks = [random_clock(chance) for _ in range(asked.count)]
    begun = time.process_time()
    ours = [clock.due(calendar()) for clock in clocks]
    seconds = time.process_time() - begun
    begun = time.process_time()
    theirs = [counted_otherwise(clock) for clock in clocks]
    otherwise = time.process_time() - begun
    wrong = [(clock, a, b) for clock, a, b in zip(clocks, ours, theirs, strict=True) if a != b]
    paused = sum(bool(clock.pauses) for clock in clocks)
    extended = sum(bool(clock.extended) for clock in clocks)
    print(f"histories          {len(clocks):>8,}   with pauses {paused:,}, extended {extended:,}")
    print(f"different ends     {len(wrong):>8,}   goal 0")
    print(f"ours               {seconds / len(clocks) * 1e6:>8,.0f}   CPU microseconds each")
    print(f"the second way     {otherwise / len(clocks) * 1e6:>8,.0f}   CPU microseconds each")
    for clock, a, b in wrong[:5]:
        print(f"  {clock}\n    ours {a}, second way {b}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
