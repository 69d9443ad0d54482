"""Counts of measures and lists: what was announced, and how many the text goes on to name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lianzhang.web.chains import words
from lianzhang.web.ui.figures import figure_of


@dataclass(frozen=True)
class PolicyCount:
    """One announced count. `found` is how many items the same text names; None when nobody counted them."""

    name: str
    holder: str
    fact: Any
    found: str
    short: bool


def policy_of(facts: list[Any], names: words.Names) -> list[PolicyCount]:
    """The announced counts in the order of the source."""
    return [
        PolicyCount(
            name=words.indicator(fact.indicator),
            holder=names.subject(fact.subject, fact.subject_kind),
            fact=fact,
            found=_found(fact),
            short=_is_short(fact),
        )
        for fact in facts
    ]


def _found(fact: Any) -> str:
    found = getattr(fact, "found", None)
    figure = figure_of(fact)
    return f"{found}{figure.unit if figure else ''}" if found is not None else ""


def _is_short(fact: Any) -> bool:
    found = getattr(fact, "found", None)
    return found is not None and fact.value is not None and found != fact.value
