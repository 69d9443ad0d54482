"""A batch over the registry says of each enterprise what its own page says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from lianzhang.casework import Role
from lianzhang.engines import Match
from lianzhang.kernel import fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import evaluate, rule_book
from lianzhang.web.measures.known import known_facts, known_frame
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Person
from lianzhang.web.registry.actions import load_enterprises, load_samples
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.entries import Entries, NewEnterprise, Source, ValueEntry

PACK = open_pack("liaocheng")
DAY = date(2026, 11, 28)


@pytest.fixture
def city(db: Any, person: Callable[..., Person]) -> Any:
    """The firms of the demonstration."""
    officer = actor_for(person(Role.chain_officer, username="keeper"))
    load_enterprises(officer, "liaocheng")
    load_samples(officer)
    return officer


def test_every_firm_of_the_demonstration_has_one_verdict_on_its_page_and_in_the_batch(city: Any) -> None:
    frame = known_frame(on=DAY)
    assert frame.height > 80
    rules = rule_book(PACK).on(DAY)
    match = Match(rules, frame, fact_dictionary(PACK), on=DAY).run()
    settled = 0
    for row, enterprise in enumerate(frame["id"]):
        facts = known_facts(enterprise, on=DAY)
        for rule in rules:
            page = evaluate(rule, facts, on=DAY).verdict
            assert match.verdict(row, rule.id) is page, (enterprise, rule.id)
            settled += page.value != "unknown"
    assert settled > 500


def test_what_follows_is_in_the_batch_as_on_the_page(city: Any) -> None:
    enter(
        city,
        Entries(
            new=(NewEnterprise(id="EKNOWN0001", name="样例电机有限公司"),),
            values=tuple(
                ValueEntry(
                    enterprise="EKNOWN0001", fact=fact, number=Decimal(number) if number else None,
                    text=text, unit=unit, period=period,
                )
                for fact, number, text, unit, period in (
                    ("industry_code", "", "3812", "", ""),
                    ("employees", "300", "", "人", "2025"),
                    ("revenue_ly", "0.3", "", "亿元", "2025"),
                    ("rd_expense_ly", "90", "", "万元", "2025"),
                    ("main_business_revenue_ly", "2000", "", "万元", "2024"),
                )
            ),
        ),
        source=Source(kind="officer", name="样例登记", as_of=DAY),
    )  # fmt: skip
    row = known_frame(on=DAY).filter(pl.col("id") == "EKNOWN0001").row(0, named=True)
    assert row["rd_intensity_ly"] == 3  # of one year, and 亿元 read as 万元
    assert row["main_revenue_share_ly"] is None  # of two different years
    assert (row["size_class"], row["is_manufacturing"]) == ("medium", True)


def test_a_part_of_the_facts_follows_as_the_whole_does(city: Any) -> None:
    whole = known_frame(on=DAY)
    part = known_frame(on=DAY, facts=["size_class", "rd_intensity_ly", "registered_in_shandong"])
    for name in ("size_class", "rd_intensity_ly", "registered_in_shandong"):
        assert part[name].to_list() == whole[name].to_list()


def test_an_empty_registry_is_an_empty_frame(db: Any) -> None:
    assert known_frame(on=DAY).height == 0
