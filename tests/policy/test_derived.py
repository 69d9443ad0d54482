"""What follows from what is known, and what does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import KnownFact, fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import DERIVATIONS, derive
from lianzhang.policy.judge import value_of

DAY = date(2026, 5, 1)
#: The check character agrees with GB 32100-2015; region 371500.
CODE = "91371500MA3C5EXX5W"


def derived(fact: str, **known: Any) -> Any:
    return value_of(derive(known, on=DAY), fact)


def test_a_county_says_in_which_city_and_province_the_enterprise_is() -> None:
    assert derived("city", county="371502") == "371500"
    assert derived("registered_in_shandong", county="371502") is True
    assert derived("registered_in_shandong", county="410102") is False
    assert derived("registered_in_shandong", county="lc-hightech") is None


def test_a_code_that_fails_its_check_proves_nothing() -> None:
    assert derived("registered_in_prc", credit_code="913715000000000000") is None
    assert derived("registered_in_shandong", credit_code="913715000000000000") is None


@pytest.mark.parametrize(
    ("code", "manufacturing", "industry", "size"),
    [
        ("3831", True, True, "industry"),
        ("0610", False, True, "industry"),
        ("4411", False, True, "industry"),
        ("4710", False, False, "construction"),
        ("5176", False, False, "wholesale"),
        ("7010", False, False, "real_estate"),
        ("7020", False, False, "property_mgmt"),
        ("8311", False, False, "other"),
    ],
)
def test_the_industry_code_says_the_section_and_the_industry_of_the_size_standard(
    code: str, manufacturing: bool, industry: bool, size: str
) -> None:
    found = derive({"industry_code": code}, on=DAY)
    assert value_of(found, "is_manufacturing") is manufacturing
    assert value_of(found, "is_industry") is industry
    assert value_of(found, "size_industry") == size


def test_the_founding_day_says_days_and_full_years() -> None:
    assert derived("registered_days", established_on=date(2025, 5, 1)) == 365
    assert derived("full_accounting_years", established_on=date(2023, 3, 2)) == 2
    assert derived("full_accounting_years", established_on=date(2024, 1, 1)) == 2
    assert derived("full_accounting_years", established_on=date(2026, 4, 1)) == 0
    assert derived("registered_days", established_on=date(2027, 1, 1)) is None


def test_a_share_is_taken_of_one_year_only() -> None:
    expense, revenue = KnownFact(Decimal(300), "2025"), KnownFact(Decimal(10000), "2025")
    assert derived("rd_intensity_ly", rd_expense_ly=expense, revenue_ly=revenue) == 3
    other = KnownFact(Decimal(10000), "2024")
    assert derived("rd_intensity_ly", rd_expense_ly=expense, revenue_ly=other) is None
    assert derived("rd_intensity_ly", rd_expense_ly=expense, revenue_ly=KnownFact(Decimal(0), "2025")) is None


def test_what_was_stated_is_never_replaced_and_what_follows_names_its_basis() -> None:
    found = derive({"county": "371502", "city": "370800"}, on=DAY)
    assert found["city"] == "370800"
    concluded = found["registered_in_shandong"]
    assert isinstance(concluded, KnownFact)
    assert concluded.source == "推得：登记所在县（市、区）"


def test_every_derivation_speaks_of_facts_of_the_dictionary() -> None:
    known = fact_dictionary(open_pack("liaocheng"))
    for rule in DERIVATIONS:
        assert rule.fact in known
        assert set(rule.needs) <= set(known)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "county": st.text(max_size=12),
            "credit_code": st.text(max_size=20),
            "industry_code": st.text(max_size=6),
            "established_on": st.dates(),
            "rd_expense_ly": st.decimals(allow_nan=False, allow_infinity=False),
            "revenue_ly": st.decimals(allow_nan=False, allow_infinity=False),
        },
    )
)
def test_whatever_is_known_nothing_breaks_and_nothing_known_changes(known: dict[str, Any]) -> None:
    found = derive(known, on=DAY)
    assert {name: found[name] for name in known} == known
    assert derive(found, on=DAY) == found
