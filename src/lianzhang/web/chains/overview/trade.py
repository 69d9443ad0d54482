"""Exports by firm, product and market."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lianzhang.web.chains import words
from lianzhang.web.chains.overview.sorting import newest_first
from lianzhang.web.ui.figures import figure_of, period_label

_MEASURE = re.compile(r"(?P<product>.*?)(?P<measure>(?:进?出口|进口|外贸|海外|境外|销量|销售).*)")
_MARKET_BEHIND = re.compile(r"(?P<measure>.*?)[（(](?P<market>[^（()）]*市场)[)）]")
_MARKET_BEFORE = re.compile(r"(?P<market>.+市场)(?P<measure>(?!占有|份额|主体|监管).+)")


@dataclass(frozen=True)
class TradeRow:
    """One line of the table: who, what, where to."""

    firm: str
    product: str
    market: str
    measure: str
    fact: Any


@dataclass(frozen=True)
class Trade:
    """All lines, and a drawing of those that can be compared: growth over the same period."""

    rows: list[TradeRow] = field(default_factory=list)
    chart: dict[str, Any] | None = None
    chart_period: str = ""


def trade_of(facts: list[Any], names: words.Names) -> Trade:
    """The trade facts as lines, grouped by firm, newest first."""
    rows = [_row(fact, names) for fact in newest_first(facts)]
    order = {firm: position for position, firm in enumerate(dict.fromkeys(row.firm for row in rows))}
    rows.sort(key=lambda row: order[row.firm])
    period = _commonest_period(rows)
    compared = [row for row in rows if row.fact.period == period and row.fact.change_pct is not None]
    if len(compared) < 2:
        return Trade(rows)
    compared.sort(key=lambda row: row.fact.change_pct, reverse=True)
    return Trade(rows, _chart(compared), period_label(period))


def _row(fact: Any, names: words.Names) -> TradeRow:
    text, market = fact.indicator, fact.scope
    found = _MARKET_BEHIND.fullmatch(text) or _MARKET_BEFORE.fullmatch(text)
    if found:
        text, market = found["measure"], market or found["market"]
    split = _MEASURE.fullmatch(text)
    product, measure = (split["product"], split["measure"]) if split else ("", text)
    return TradeRow(
        names.subject(fact.subject, fact.subject_kind), product, market, words.indicator(measure), fact
    )


def _commonest_period(rows: list[TradeRow]) -> str:
    counted = Counter(row.fact.period for row in rows if row.fact.change_pct is not None and row.fact.period)
    return counted.most_common(1)[0][0] if counted else ""


def _chart(rows: list[TradeRow]) -> dict[str, Any]:
    several = len({row.firm for row in rows}) > 1
    points = []
    for row in rows:
        figure = figure_of(row.fact)
        if figure is None:
            continue
        points.append({"value": float(row.fact.change_pct), "said": figure.change, "lines": [figure.change]})
    return {
        "categories": [_category(row, with_firm=several) for row in rows],
        "axis_name": "",
        "axis_unit": "%",
        "series": [{"name": "", "points": points}],
    }


def _category(row: TradeRow, *, with_firm: bool) -> str:
    joint = " " if words.is_english() else ""
    what = joint.join(part for part in (row.product, row.measure) if part)
    return " · ".join(part for part in (row.firm if with_firm else "", what, row.market) if part)
