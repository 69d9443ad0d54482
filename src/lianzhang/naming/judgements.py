"""What people decided about two records: rows that are added and never changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text


class Decision(StrEnum):
    """Whether two records are one enterprise."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision on two ids, by whom, when and why. `scorer` is the version that proposed it, if any.

    The order of the two does not matter. A later judgement on the same two replaces an earlier one; the earlier row
    stays. Raises `LianzhangError` where both are one id or the time has no zone.
    """

    left: str
    right: str
    decision: Decision
    by: str
    at: datetime
    because: str = ""
    scorer: str = ""

    def __post_init__(self) -> None:
        if self.left == self.right:
            raise LianzhangError(
                Text("请选两家不同的企业。", "Choose two enterprises, not one twice."),
            )
        if self.at.tzinfo is None:
            raise LianzhangError(Text("判断的时间要带时区。", "The time of a judgement needs a time zone."))

    @property
    def pair(self) -> tuple[str, str]:
        """Both ids, the smaller first."""
        return (self.left, self.right) if self.left < self.right else (self.right, self.left)


def in_force(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """The judgement in force on each pair: the latest; of one instant, the one that stands later in the rows."""
    latest: dict[tuple[str, str], Judgement] = {}
    for judgement in judgements:
        known = latest.get(judgement.pair)
        if known is None or judgement.at >= known.at:
            latest[judgement.pair] = judgement
    return latest
