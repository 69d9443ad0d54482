"""The registry as frames: what counted on a day, units and dates beside each value."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from lianzhang.casework import Actor
from lianzhang.kernel import QuantityError, clock
from lianzhang.web.registry.actions import enter, judge
from lianzhang.web.registry.base_facts import dictionary
from lianzhang.web.registry.entries import Entries, SupplyEntry, TitleEntry
from lianzhang.web.registry.frames import enterprise_frame, placing_frame, supply_frame, values_frame
from tests.web.registry.conftest import GAOTANG, make_enterprise, say, source

pytestmark = pytest.mark.django_db


def test_an_empty_registry_is_an_empty_frame() -> None:
    assert enterprise_frame().is_empty()
    assert supply_frame().is_empty()
    assert placing_frame().is_empty()


def test_each_fact_is_a_column_with_its_period_and_unit(officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=1200, address="鼓楼西路")
    other = make_enterprise(officer, "乙有限公司", county="")
    frame = {one["id"]: one for one in enterprise_frame().to_dicts()}
    assert frame[row.pk]["revenue_ly"] == Decimal(1200)
    assert frame[row.pk]["revenue_ly__period"] == "2024"
    assert (frame[row.pk]["county"], frame[row.pk]["address"]) == (GAOTANG, "鼓楼西路")
    assert frame[other.pk]["revenue_ly"] is None
    assert frame[other.pk]["county"] is None


def test_the_frame_of_a_day_knows_no_later_year(officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=1200)
    say(officer, row, "revenue_ly", 900, period="2023", as_of=date(2024, 3, 1))
    assert enterprise_frame(as_of=date(2024, 6, 30))["revenue_ly"].to_list() == [Decimal(900)]
    assert enterprise_frame(as_of=date(2025, 12, 31))["revenue_ly"].to_list() == [Decimal(1200)]


def test_an_old_result_can_be_computed_again(officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=1200)
    today = clock.today()
    with clock.fixed(clock.now() + timedelta(days=3)):
        say(officer, row, "revenue_ly", 1300)
    assert values_frame(known_on=today, facts=["revenue_ly"])["number"].to_list() == [Decimal(1200)]
    assert values_frame(facts=["revenue_ly"])["number"].to_list() == [Decimal(1300)]


def test_values_of_merged_records_count_for_their_head(officer: Actor) -> None:
    old = make_enterprise(officer, "时风集团", address="甲路")
    new = make_enterprise(officer, revenue_ly=1200)
    judge(officer, old.pk, new.pk, "same")
    [row] = enterprise_frame().to_dicts()
    assert (row["id"], row["revenue_ly"]) == (old.pk, Decimal(1200))


def test_supply_links_name_both_ends_and_keep_partners_outside(officer: Actor) -> None:
    row = make_enterprise(officer)
    link = SupplyEntry(
        buyer=row.pk,
        buyer_name=row.name,
        supplier_name="某钢厂",
        product="钢板",
        amount=Decimal("12.5"),
        unit="万元",
        period="2024",
    )
    enter(officer, Entries(supply=[link]), source=source("访谈"))
    [found] = supply_frame().to_dicts()
    assert (found["buyer"], found["supplier"], found["supplier_name"]) == (row.pk, None, "某钢厂")
    assert (found["amount"], found["unit"], found["source"]) == (Decimal("12.5"), "万元", "访谈")
    assert supply_frame(as_of=date(2023, 12, 31)).is_empty()


def test_placing_sees_products_and_codes_as_lists(officer: Actor) -> None:
    make_enterprise(officer, products="挖掘机\n电动挖掘机", industry_code="3514", business_scope="制造")
    [row] = placing_frame().to_dicts()
    assert row["products"] == ["挖掘机", "电动挖掘机"]
    assert row["industry_codes"] == ["3514"]
    assert row["business_scope"] == "制造"


def test_every_fact_of_the_dictionary_has_its_type_even_when_nobody_knows_it(officer: Actor) -> None:
    row = make_enterprise(officer, has_own_brand="yes", established_on="2001-05-08")
    say(officer, row, "valid_honours", "ip_demo\nip_advantage")
    say(officer, row, "employees", 320, unit="人")
    frame = enterprise_frame()
    assert set(dictionary()) <= set(frame.columns)
    [found] = frame.to_dicts()
    assert found["has_own_brand"] is True
    assert found["established_on"] == date(2001, 5, 8)
    assert found["valid_honours"] == ["ip_demo", "ip_advantage"]
    assert found["employees"] == 320
    assert frame.schema["rd_expense_ly"] == pl.Decimal(38, 6)
    assert found["on_abnormal_list"] is None


def test_amounts_come_in_the_unit_of_the_dictionary(officer: Actor) -> None:
    row = make_enterprise(officer)
    say(officer, row, "revenue_ly", 3, unit="亿元")
    assert enterprise_frame()["revenue_ly"].to_list() == [Decimal(30000)]
    with pytest.raises(QuantityError):
        say(officer, row, "revenue_ly", 3, unit="台")


def test_titles_held_on_the_day_are_named_and_without_any_title_nobody_knows(officer: Actor) -> None:
    row, bare = make_enterprise(officer), make_enterprise(officer, "乙有限公司")
    title = TitleEntry(
        enterprise=row.pk,
        title="专精特新中小企业",
        tier="srdi_sme",
        awarded="2021",
        valid_until=date(2024, 12, 31),
    )
    enter(officer, Entries(titles=[title]), source=source("省级名单"))

    def held(day: date) -> dict[str, list[str] | None]:
        return {one["id"]: one["holds"] for one in enterprise_frame(as_of=day).to_dicts()}

    assert held(date(2024, 6, 30)) == {row.pk: ["srdi_sme"], bare.pk: None}
    assert held(date(2025, 6, 30)) == {row.pk: [], bare.pk: None}
