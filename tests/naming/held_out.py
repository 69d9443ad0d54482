"""The hold-out: a registry and mentions written by somebody who had not seen the program, who also judged them.

It is there to judge by, not to work from: whoever mends a single case of it spends it.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from lianzhang.naming import Listed, NameIndex, Outcome, Resolution, resolve_all
from tests.naming.hand_written import listed_in

HOLD_OUT = Path(__file__).parent / "hold_out"

#: What can become of a mention, for whoever waits for the answer.
FATES = (
    "linked right",
    "asked, rightly",
    "refused, rightly",
    "accepted",
    "asked, not of all it may be",
    "asked though plain",
    "refused though plain",
    "linked wrong",
)
_AMBIGUOUS = "ambiguous:"


def fate(resolution: Resolution, expected: str, acceptable: str) -> str:
    """Which of `FATES`. `expected` is an id, `ambiguous:ID|ID` or `none`; `acceptable` is what else will do."""
    accepted = {word.split(":")[0] for word in acceptable.split("|") if word}
    told = resolution.enterprise or ("none" if resolution.outcome is Outcome.NONE else "ambiguous")
    if told == expected:
        return "refused, rightly" if told == "none" else "linked right"
    shown = {candidate.enterprise for candidate in resolution.candidates}
    meant = set(expected.removeprefix(_AMBIGUOUS).split("|")) - {"none"}
    if expected.startswith(_AMBIGUOUS) and told == "ambiguous":
        return "asked, rightly" if meant <= shown else "asked, not of all it may be"
    if told in accepted and (told != "ambiguous" or meant <= shown):
        return "accepted"
    if told == "ambiguous":
        return "asked though plain" if meant <= shown else "asked, not of all it may be"
    return "refused though plain" if told == "none" else "linked wrong"


def held_out() -> Counter[str]:
    """How many mentions of the hold-out meet each fate."""
    with (HOLD_OUT / "mentions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = resolve_all(
        [row["mention"] for row in rows],
        NameIndex.of(registry_held_out()),
        contexts=[row["context"] for row in rows],
    )
    return Counter(
        fate(one, row["expected"], row["acceptable"]) for one, row in zip(found, rows, strict=True)
    )


def registry_held_out() -> list[Listed]:
    """The registry of the hold-out."""
    return listed_in(HOLD_OUT / "registry.csv")
