"""The hand-written registry and mentions, and the six things that can become of a mention."""

from __future__ import annotations

import csv
from pathlib import Path

from lianzhang.naming import Listed, Outcome, Resolution

BY_HAND = Path(__file__).parent / "by_hand"

SHARES = (
    "linked right",
    "linked wrong",
    "ambiguous with the truth",
    "ambiguous without it",
    "refused right",
    "refused wrong",
)


def outcome(resolution: Resolution, truth: str) -> str:
    """Which of the six, given the enterprise that is meant (empty: none of the registry)."""
    if resolution.outcome is Outcome.LINKED:
        return "linked right" if resolution.enterprise == truth else "linked wrong"
    if resolution.outcome is Outcome.AMBIGUOUS:
        shown = {candidate.enterprise for candidate in resolution.candidates}
        return "ambiguous with the truth" if truth in shown else "ambiguous without it"
    return "refused wrong" if truth else "refused right"


def registry_by_hand() -> list[Listed]:
    """The hand-written registry."""
    return listed_in(BY_HAND / "registry.csv")


def listed_in(file: Path) -> list[Listed]:
    """The enterprises of a file with several names between `|`."""
    with file.open(encoding="utf-8", newline="") as opened:
        return [
            Listed(
                row["id"],
                row["name"],
                former=tuple(filter(None, row["former_names"].split("|"))),
                short=tuple(filter(None, row["short_names"].split("|"))),
                county=row["county"],
            )
            for row in csv.DictReader(opened)
        ]


def mentions_by_hand() -> list[dict[str, str]]:
    """The hand-written mentions: mention, context, enterprise (empty: none of the registry), kind, decidable."""
    with (BY_HAND / "mentions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
