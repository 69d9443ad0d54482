"""Small charts of an enterprise's years. Each is drawn from the table beside it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lianzhang.kernel.quantity import split_scale
from lianzhang.web.registry import words
from lianzhang.web.registry.profile import Profile
from lianzhang.web.ui.figures import period_label
from lianzhang.web.ui.units import unit_name

#: The facts drawn, in this order, where at least two years are known.
_DRAWN = ("revenue_ly", "employees", "rd_expense_ly")


@dataclass(frozen=True, slots=True)
class YearChart:
    """One chart: what `<c-chart>` takes, and the rows of its table twin."""

    id: str
    label: str
    data: dict[str, Any]
    rows: tuple[tuple[str, str, str], ...]


def charts_of(page: Profile) -> list[YearChart]:
    """The charts that this profile has figures for, in the units of the dictionary."""
    charts = []
    for yearly in page.yearly:
        if yearly.fact.name not in _DRAWN:
            continue
        known = [
            (period_label(year), cell.current)
            for year, cell in zip(page.years, yearly.cells, strict=True)
            if cell is not None and cell.current is not None and cell.current.number is not None
        ]
        units = {value.unit for _, value in known}
        if len(known) > 1 and len(units) == 1:
            charts.append(_chart(yearly.fact, known))
    return sorted(charts, key=lambda chart: _DRAWN.index(chart.id.removeprefix("chart-")))


def _axis(unit: str) -> tuple[Decimal, str]:
    """By what numbers are multiplied on the axis, and its unit in words: English has no 万."""
    if words.language() == "zh":
        return Decimal(1), unit
    factor, base = split_scale(unit)
    return factor, unit_name(base)


def _chart(fact: Any, known: list[tuple[str, Any]]) -> YearChart:
    label = words.yearly_label(fact)
    said = [(year, words.said(value, fact), value) for year, value in known]
    factor, unit = _axis(known[0][1].unit)
    points = [
        {"value": float(value.number * factor), "said": text, "lines": [text]} for _, text, value in said
    ]
    data = {
        "categories": [year for year, _, _ in said],
        "axis_name": unit,
        "axis_unit": "",
        "series": [{"name": label, "points": points}],
    }
    rows = tuple((year, text, value.recording.source) for year, text, value in said)
    return YearChart(f"chart-{fact.name}", label, data, rows)
