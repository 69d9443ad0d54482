"""Three answers: yes, no, not known."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Kleene's three values: missing data never becomes a no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __and__(self, other: Verdict) -> Verdict:
        if Verdict.NO in (self, other):
            return Verdict.NO
        return Verdict.YES if self is other is Verdict.YES else Verdict.UNKNOWN

    def __or__(self, other: Verdict) -> Verdict:
        if Verdict.YES in (self, other):
            return Verdict.YES
        return Verdict.NO if self is other is Verdict.NO else Verdict.UNKNOWN

    def __invert__(self) -> Verdict:
        return {Verdict.YES: Verdict.NO, Verdict.NO: Verdict.YES}.get(self, Verdict.UNKNOWN)
