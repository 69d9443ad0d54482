"""A number on a page carries everything needed to trust it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler

from lianzhang.web.ui.figures import Figure, figure_of


def stated(**said: Any) -> SimpleNamespace:
    """Something stated like a fact, saying only what is given."""
    said = {key: Decimal(value) if key in NUMBERS else value for key, value in said.items()}
    return SimpleNamespace(**{"subject": "时风集团", "as_of": date(2025, 8, 15), "period": "2025H1"} | said)


NUMBERS = {"value", "low", "high", "change_pct"}


def shown(**said: Any) -> Figure:
    """The figure of what is said."""
    figure = figure_of(stated(**said))
    assert figure is not None
    return figure


def page(markup: str) -> Template:
    """A template written here, with its components."""
    return Template(CottonCompiler().process(markup))


@pytest.fixture
def in_english() -> Iterator[None]:
    """A reader who chose English."""
    with translation.override("en"):
        yield


def test_the_qualifier_stays_with_the_number() -> None:
    assert shown(value="3000", unit="万元", qualifier="over").amount == "超3000万元"


def test_a_range_shows_both_ends() -> None:
    assert shown(low="7300", high="8300", unit="万元", qualifier="range").amount == "7300至8300万元"


def test_digits_stay_as_they_were_stated() -> None:
    assert shown(value="176.88", unit="亿元").amount == "176.88亿元"


def test_growth_is_said_in_words() -> None:
    figure = shown(change_pct="150", change_qualifier="near")
    assert figure.number == ""
    assert figure.change == "增长近150%"
    assert figure.direction == "up"


def test_a_fall_is_a_fall_and_not_a_negative_growth() -> None:
    figure = shown(value="10", unit="亿元", change_pct="-3", change_base="同比")
    assert figure.change == "同比下降3%"
    assert figure.direction == "down"


def test_period_and_as_of_day_are_both_said_unless_they_are_the_same() -> None:
    assert (shown(value="1", unit="家").period, shown(value="1", unit="家").as_of) == (
        "2025年上半年",
        "2025年8月15日",
    )
    same = shown(value="1", unit="家", period="2025-08-15")
    assert (same.period, same.as_of) == ("", "2025年8月15日")


def test_a_period_that_cannot_be_read_is_shown_rather_than_hidden() -> None:
    assert shown(value="1", unit="家", period="去年").period == "去年"


@pytest.mark.parametrize(
    ("value", "unit", "english"),
    [
        ("176.88", "亿元", "17.688 billion yuan"),
        ("3000", "万元", "30 million yuan"),
        ("338.8", "万元", "3.388 million yuan"),
        ("1500", "台/年", "1,500 sets/year"),
        ("1", "家", "1 firm"),
        ("12", "家", "12 firms"),
        ("7.1", "%", "7.1%"),
    ],
)
def test_english_multiplies_ten_thousands_out_exactly(
    in_english: None, value: str, unit: str, english: str
) -> None:
    assert shown(value=value, unit=unit).amount == english


def test_a_unit_without_english_is_shown_as_written(in_english: None) -> None:
    assert shown(value="3", unit="马力").amount == "3 马力"


def test_damaged_and_unsure_figures_are_marked_with_a_word() -> None:
    figure = page('<c-figure :of="fact" />')
    damaged = figure.render(Context({"fact": stated(value="1", unit="家", damaged=True)}))
    assert "figure--damaged" in damaged
    assert "原文损坏" in damaged
    assert "待核对" in figure.render(Context({"fact": stated(value="1", unit="家", certainty="unsure")}))


def test_what_is_not_stated_makes_no_figure() -> None:
    assert figure_of(None) is None


def test_the_link_to_the_source_says_what_it_leads_to() -> None:
    html = page('<c-figure :of="fact" />').render(
        Context({"fact": stated(value="12", unit="家", source_href="/somewhere/")})
    )
    assert 'href="/somewhere/"' in html
    assert "时风集团 12家" in html


def test_a_name_with_markup_in_it_is_shown_as_text() -> None:
    html = page('<c-figure :of="fact" label="{{ fact.subject }}" />').render(
        Context({"fact": stated(value="1", unit="<b>", subject="<script>alert(1)</script>")})
    )
    assert "<script>" not in html
    assert "<b>" not in html
