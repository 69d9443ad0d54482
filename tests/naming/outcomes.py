"""The six things that can become of a mention."""

from __future__ import annotations

from lianzhang.naming import Outcome, Resolution

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
