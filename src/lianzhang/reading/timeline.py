"""Which period a figure belongs to: the one stated nearest before it, else the one the passage carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lianzhang.kernel import ClaimKind, Period, PeriodKind
from lianzhang.reading.draft import Draft
from lianzhang.reading.periods import StatedPeriod

_LEADS_TO_VALUE = ("", "为", "的", "是", "仅为", "的约", "达", "约为")


class Timeline:
    """The periods of one text, walked sentence by sentence."""

    def __init__(self, text: str, periods: Sequence[StatedPeriod], published: Period | None) -> None:
        self._text = text
        self._periods = periods
        self.published = published
        self._index = 0
        self._continues = False
        self._carried: Period | None = None
        self._event_day: Period | None = None
        #: What 报告期 means: the first period the text reports on.
        self._report: Period | None = None
        #: The last period of this sentence, its parts between semicolons included.
        self._last: Period | None = None
        self.here: list[StatedPeriod] = []

    def enter(self, start: int, end: int, *, continues: bool) -> None:
        """Take up the periods of the sentence `start:end`; sentences come in order.

        `continues` says that only a semicolon stands before it, so that a period told there holds here too.
        """
        self._continues = continues
        index, periods = self._index, self._periods
        while index < len(periods) and periods[index].start < start:
            index += 1
        first = index
        while index < len(periods) and periods[index].start < end:
            index += 1
        self._index = index
        self.here = list(periods[first:index])

    def leave(self) -> None:
        """Remember what the next sentence inherits."""
        if not self._continues:
            self._last = None
        for stated in self.here:
            if stated.role == "event" and self._event_day is not None:
                self._last = self._event_day
            if (
                stated.period is None
                or stated.role in ("base", "began", "event")
                or self._is_to_come(stated.period)
            ):
                continue
            if stated.role in ("time", "asof", "present") and not self._is_long_past(stated):
                self._last = stated.period
            if stated.role == "asof":
                continue
            if stated.role == "date":
                self._event_day = stated.period
            elif stated.period.kind is PeriodKind.DAY and stated.role == "time":
                self._event_day = stated.period
                self._carried = None
            elif not self._is_long_past(stated) and not self._is_part(stated):
                self._carried = stated.period
                if self._report is None and stated.role == "time":
                    self._report = stated.period

    def period_of(self, draft: Draft, before: Draft | None) -> tuple[Period | None, str]:
        """The draft's period and where it came from: `sentence`, `base`, `carried`, `guessed` or `none`."""
        best: StatedPeriod | None = None
        for stated in self.here:
            if stated.start >= draft.number_start:
                break
            if stated.role == "base":
                base = self._base_period(stated, draft, before)
                if base is not None:
                    return base, "base"
            elif stated.role == "began":
                if self._text[stated.end : draft.number_start] in ("", "的"):
                    return stated.period, "base"
            elif stated.role == "event":
                best = replace(stated, period=self._event_day) if self._event_day is not None else best
            elif stated.role == "schedule":
                continue
            elif stated.role == "month":
                whole = best.period if best is not None else self._carried
                best = replace(stated, period=_last_month(whole)) if whole is not None else best
            elif stated.role == "report" and self._report is not None:
                at_end = self._text[stated.end - 1] == "末"
                best = replace(stated, period=Period.day(self._report.end) if at_end else self._report)
            elif not self._is_long_past(stated):
                best = stated
        if best is not None:
            return best.period, "guessed" if best.guessed else "sentence"
        if draft.kind is ClaimKind.PROJECT and draft.project:
            return None, "none"
        if self._continues and self._last is not None:
            return self._last, "sentence"
        return self._carried, "carried" if self._carried is not None else "none"

    def told_between(self, start: int, end: int) -> Period | None:
        """The last period told in a stretch of this sentence: 全年 in 一季度增长15%、全年增长10%."""
        inside = [stated for stated in self.here if start <= stated.start < end and stated.role == "time"]
        return inside[-1].period if inside else None

    def blanked(self, begin: int, end: int) -> str:
        """The stretch with its period expressions turned into blanks of the same length."""
        phrase = self._text[begin:end]
        for stated in self.here:
            if stated.start < end and stated.end > begin and stated.role != "base":
                first, last = max(0, stated.start - begin), min(stated.end, end) - begin
                phrase = phrase[:first] + " " * (last - first) + phrase[last:]
        return phrase

    def _base_period(self, stated: StatedPeriod, draft: Draft, before: Draft | None) -> Period | None:
        """上年同期为4105.9万元, 2021年的99家: here the base of a comparison has a value of its own."""
        between = self._text[stated.end : draft.number_start]
        words = self._text[stated.start : stated.end]
        if "同期" in words or "上年" in words and before is not None:
            if between not in _LEADS_TO_VALUE:
                return None
            whole = before.period if before is not None and before.period is not None else self._carried
            return whole.year_before() if whole is not None else stated.period
        if len(between) <= 1 and draft.change is None:
            return stated.period
        return None

    def _is_to_come(self, period: Period) -> bool:
        """预计2026年一季度投产 tells when something is planned, and nothing of the next sentence."""
        return self.published is not None and period.start > self.published.end

    def _is_long_past(self, stated: StatedPeriod) -> bool:
        """自2012年以来 dates an origin, not a figure."""
        if stated.role != "since" or stated.period is None or self.published is None:
            return False
        return stated.period.end.year < self.published.end.year

    def _is_part(self, stated: StatedPeriod) -> bool:
        """其中二季度, 7月当月: a part told in passing, after which the text returns to the whole."""
        if self._carried is None or stated.period is None or stated.period == self._carried:
            return False
        if not self._carried.contains(stated.period):
            return False
        beside = self._text[max(0, stated.start - 3) : stated.start] + self._text[stated.end : stated.end + 3]
        in_passing = any(word in beside for word in ("其中", "当月", "单月"))
        if in_passing or stated.period.kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
            return True
        # 2020年计划投资…，1-6月完成…: the sentence itself told the year first and goes on to a part of it.
        return any(whole.role == "time" and whole.period == self._carried for whole in self.here)


def _last_month(period: Period) -> Period:
    """The month that 当月 means in a report on `period`."""
    return Period.month(period.end.year, period.end.month)
