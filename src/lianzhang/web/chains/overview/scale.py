"""Scale and growth of the chain, period by period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext

from lianzhang.web.chains import words
from lianzhang.web.chains.overview.sorting import grain_of, group_of, newest_first
from lianzhang.web.ui.figures import Figure, figure_of, period_label, quantity_of


@dataclass(frozen=True)
class Series:
    """One indicator of the chain with its periods, newest first.

    Years, halves and quarters are different measures: they stand side by side and are never joined.
    """

    name: str
    facts: list[Any]
    mixed: bool
    chart: dict[str, Any]


@dataclass(frozen=True)
class Scale:
    """The headline indicators of the chain and everything else said about the whole of it."""

    series: list[Series] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)

    @property
    def given(self) -> bool:
        """Whether anything is said about the whole chain."""
        return bool(self.series or self.others)

    @property
    def headline(self) -> list[Any]:
        """The facts of the first indicator, for the opening sentence."""
        return self.series[0].facts if self.series else []


_FIRST = ("营业收入", "产值", "工业增加值", "销售收入", "总收入")


def scale_of(facts: list[Any]) -> Scale:
    """Group the facts about the whole chain by indicator; those with a series of amounts come first."""
    by_indicator: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for fact in facts:
        by_indicator[(fact.indicator, fact.unit)].append(fact)
    series, others = [], []
    for (name, _), group in sorted(by_indicator.items(), key=_rank):
        if group_of(name) == "scale" and all(quantity_of(fact) for fact in group):
            series.append(_series(name, newest_first(group)))
        else:
            others += newest_first(group)
    return Scale(series, others)


def _rank(entry: tuple[tuple[str, str], list[Any]]) -> tuple[int, int]:
    (name, _), group = entry
    return (_FIRST.index(name) if name in _FIRST else len(_FIRST), -len(group))


def _series(name: str, facts: list[Any]) -> Series:
    grains = list(dict.fromkeys(grain_of(fact) for fact in facts))
    shown = [figure for fact in facts if (figure := figure_of(fact))]
    heights, unit = _heights(facts, shown)
    chart = {
        "categories": [period_label(fact.period) for fact in facts],
        "axis_name": unit,
        "axis_unit": "",
        "series": [
            {
                "name": _grain_name(grain),
                "points": [
                    {"value": height, "said": figure.said, "lines": [figure.amount, figure.change]}
                    if grain_of(fact) == grain
                    else None
                    for fact, figure, height in zip(facts, shown, heights, strict=True)
                ],
            }
            for grain in grains
        ],
    }
    return Series(words.indicator(name), facts, len(grains) > 1, chart)


def _heights(facts: list[Any], shown: list[Figure]) -> tuple[list[float], str]:
    """Lengths of the bars and the unit of the axis, in the unit in which readers see the numbers.

    A range is drawn to its lower end and labelled with both. When English scales differ between
    the bars (million beside billion) the axis counts in the unit of the source and says so.
    """
    units = {figure.unit for figure in shown}
    stated = [fact.value if fact.value is not None else fact.low for fact in facts]
    if len(units) > 1 or any(fact.value is None for fact in facts):
        return [float(value) for value in stated], facts[0].unit
    return [float(figure.number.replace(",", "")) for figure in shown], units.pop()


def _grain_name(grain: str) -> str:
    return {
        "year": gettext("全年"),
        "half": gettext("半年"),
        "quarter": gettext("季度"),
        "month": gettext("月度"),
        "day": gettext("时点"),
        "range": gettext("累计"),
    }.get(grain, gettext("时期未写明"))
