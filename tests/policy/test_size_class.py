"""大、中、小、微: lower bounds included, the lowest figure decides, a missing figure leaves what it may."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lianzhang.policy import RuleError, SizeFinding, size_class, size_standard, size_standards, standard_on
from tests.policy.making import PACK, known

NOW = standard_on(PACK, date(2026, 5, 1))


def find(**facts: Any) -> SizeFinding:
    return size_class(NOW, known(**{"size_industry": "industry"} | facts))


@pytest.mark.parametrize(
    ("employees", "revenue", "expected"),
    [
        (1000, 40000, ["large"]),
        (999, 40000, ["medium"]),
        (1000, "39999.99", ["medium"]),
        (300, 2000, ["medium"]),
        (299, 2000, ["small"]),
        (20, 300, ["small"]),
        (19, 300, ["micro"]),
        (20, "299.99", ["micro"]),
        (5000, 100, ["micro"]),
        (None, 50000, ["large", "medium", "small", "micro"]),
        (None, 1500, ["small", "micro"]),
        (None, 100, ["micro"]),
        (19, None, ["micro"]),
        (None, None, ["large", "medium", "small", "micro"]),
    ],
)
def test_an_industrial_enterprise_has_the_class_its_lowest_figure_allows(
    employees: int | None, revenue: object, expected: list[str]
) -> None:
    assert list(find(employees=employees, revenue_ly=revenue).classes) == expected


def test_what_is_missing_is_named_only_while_it_matters() -> None:
    assert find(revenue_ly=1500).missing == ("employees",)
    assert find(revenue_ly=100).missing == ()
    assert size_class(NOW, {}).missing == ("size_industry",)


def test_the_gap_to_the_class_above_is_told() -> None:
    staff, revenue = find(employees=299, revenue_ly=2000).steps
    assert (staff.allows, staff.next_bound, staff.gap) == ("small", Decimal(300), Decimal(1))
    assert (revenue.allows, revenue.gap) == ("medium", Decimal(38000))


def test_bounds_from_memory_settle_only_what_lies_above_them() -> None:
    assert find(size_industry="other", employees=300).settled == "large"
    below = find(size_industry="other", employees=150)
    assert below.classes == ("medium",)
    assert below.proven == ("medium", "small", "micro")
    assert below.settled is None
    assert "凭记忆" in below.warnings[0].zh


def test_both_standards_have_all_sixteen_industries() -> None:
    assert [standard.id for standard in size_standards(PACK)] == ["sme_2011", "statistics_2017"]
    assert all(len(standard.industries) == 16 for standard in size_standards(PACK))
    assert standard_on(PACK, date(2015, 1, 1)).id == "sme_2011"
    assert NOW.id == "statistics_2017"


def test_an_unknown_standard_or_a_day_before_them_is_named() -> None:
    with pytest.raises(RuleError, match="可用：sme_2011、statistics_2017"):
        size_standard(PACK, "2003")
    with pytest.raises(RuleError, match="没有施行的划型标准"):
        standard_on(PACK, date(2003, 1, 1))
