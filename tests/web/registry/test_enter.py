"""What is written about enterprises: dated, sourced, in one transaction, never overwritten."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict, NotAllowed, PeriodError
from lianzhang.web.journal.models import Event
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import enter, withdraw_batch
from lianzhang.web.registry.actions.enter import UnknownEnterprise
from lianzhang.web.registry.current import standings
from lianzhang.web.registry.entries import (
    ContactEntry,
    Entries,
    NewEnterprise,
    SupplyEntry,
    TitleEntry,
    ValueEntry,
    new_enterprise_id,
)
from lianzhang.web.registry.models import (
    Contact,
    Enterprise,
    EnterpriseValue,
    Recording,
    SupplyLink,
    TitleHolding,
)
from tests.web.registry.conftest import CODE, GAOTANG, LINQING, SHIFENG, make_enterprise, say, source

pytestmark = pytest.mark.django_db


def test_a_new_enterprise_is_found_by_name_pinyin_and_initials(officer: Actor) -> None:
    make_enterprise(officer, short=("时风集团",), credit_code=CODE, products="三轮汽车\n拖拉机")
    row = Enterprise.objects.get()
    assert (row.name, row.region, row.credit_code, row.code_verified) == (SHIFENG, GAOTANG, CODE, True)
    keys = row.search.split("\n")
    assert {"时风集团", "shifengjituan", "sfjt"} <= set(keys)
    assert row.products == "三轮汽车\n拖拉机"


def test_a_code_that_fails_its_check_is_kept_and_marked(officer: Actor) -> None:
    row = make_enterprise(officer, credit_code="913700007456765909")
    assert (row.credit_code, row.code_verified) == ("913700007456765909", False)


def test_a_later_value_counts_and_the_earlier_one_stays(officer: Actor) -> None:
    row = make_enterprise(officer, address="高唐县鼓楼西路")
    say(officer, row, "address", "高唐县人和路", as_of=date(2025, 9, 1))
    found = standings(queries.values_of([row.pk], ["address"]))["address", ""]
    assert found.current.text == "高唐县人和路"
    assert [other.text for other in found.others] == ["高唐县鼓楼西路"]
    assert not found.clashing


def test_two_sources_on_one_year_clash_until_an_officer_chooses(officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=1200)
    say(officer, row, "revenue_ly", 1300, name="企业年报")
    found = standings(queries.values_of([row.pk], ["revenue_ly"]))["revenue_ly", "2024"]
    assert found.clashing
    assert {value.number for value in (found.current, *found.others)} == {Decimal(1200), Decimal(1300)}


def test_the_same_source_correcting_itself_is_no_clash(officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=1200)
    say(officer, row, "revenue_ly", 1250)
    found = standings(queries.values_of([row.pk], ["revenue_ly"]))["revenue_ly", "2024"]
    assert found.current.number == Decimal(1250)
    assert not found.clashing


def test_the_same_amount_in_another_unit_is_no_clash(officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=3000)
    entry = ValueEntry(
        enterprise=row.pk, fact="revenue_ly", period="2024", number=Decimal("0.3"), unit="亿元"
    )
    enter(officer, Entries(values=[entry]), source=source("企业年报"))
    assert not standings(queries.values_of([row.pk], ["revenue_ly"]))["revenue_ly", "2024"].clashing


def test_every_writing_leaves_one_record_in_the_journal(officer: Actor) -> None:
    make_enterprise(officer, short=("时风集团",), revenue_ly=1200)
    [event] = Event.objects.filter(verb="enterprise.enter")
    assert event.actor == f"person:{officer.person_id}"
    assert '"new":1' in event.after and SHIFENG in event.after


def test_nothing_is_stored_when_one_entry_is_wrong(officer: Actor) -> None:
    row = make_enterprise(officer)
    before = (EnterpriseValue.objects.count(), Recording.objects.count(), Event.objects.count())
    good = ValueEntry(enterprise=row.pk, fact="employees", period="2024", number=Decimal(10), unit="人")
    bad = replace(good, period="去年")
    with pytest.raises(PeriodError):
        enter(officer, Entries(values=[good, bad]), source=source())
    assert (EnterpriseValue.objects.count(), Recording.objects.count(), Event.objects.count()) == before


def test_an_id_that_nobody_has_is_refused_by_name(officer: Actor) -> None:
    entry = ValueEntry(enterprise="E000000000", fact="employees", period="2024", number=Decimal(1), unit="人")
    with pytest.raises(UnknownEnterprise, match="E000000000"):
        enter(officer, Entries(values=[entry]), source=source())


def test_a_county_officer_writes_only_about_the_own_county(
    officer: Actor, actor: Callable[..., Actor]
) -> None:
    county = actor(Role.county_officer, region_code=LINQING)
    own = make_enterprise(county, "临清市九星轴承科技有限公司", county=LINQING)
    say(county, own, "employees", 120, unit="人")
    with pytest.raises(NotAllowed):
        make_enterprise(county, "高唐某机械有限公司", county=GAOTANG)
    with pytest.raises(NotAllowed):
        say(county, make_enterprise(officer), "employees", 120, unit="人")


@pytest.mark.parametrize(
    "role", [Role.chief, Role.department_officer, Role.analyst, Role.enterprise_user, Role.system_admin]
)
def test_those_who_only_read_cannot_write(role: Role, officer: Actor, actor: Callable[..., Actor]) -> None:
    row = make_enterprise(officer)
    with pytest.raises(NotAllowed):
        say(actor(role), row, "employees", 120, unit="人")


def test_titles_links_and_contacts_are_stored_with_their_recording(officer: Actor) -> None:
    row = make_enterprise(officer)
    enter(
        officer,
        Entries(
            titles=[TitleEntry(enterprise=row.pk, title="专精特新中小企业", level="省级", awarded="2024")],
            supply=[SupplyEntry(buyer=row.pk, buyer_name=row.name, supplier_name="某钢厂", product="钢板")],
            contacts=[ContactEntry(enterprise=row.pk, name="于某", phone="138 1234 5678")],
        ),
        source=source("省级名单"),
    )
    title = TitleHolding.objects.get()
    assert (title.awarded_from, title.awarded_by) == (date(2024, 1, 1), date(2024, 12, 31))
    assert SupplyLink.objects.get().buyer_id == row.pk
    contact = Contact.objects.get()
    assert contact.phone_masked == "138****5678"
    assert "13812345678" not in contact.phone_sealed
    assert not Event.objects.filter(after__contains="12345678").exists()


def test_a_supply_link_without_any_known_end_is_refused_by_the_database(officer: Actor) -> None:
    with pytest.raises(IntegrityError):
        enter(officer, Entries(supply=[SupplyEntry(buyer_name="甲", supplier_name="乙")]), source=source())


def test_a_withdrawn_batch_leaves_everything_as_it_was(officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=1200, address="高唐县鼓楼西路")
    batch, pk = uuid.uuid4(), new_enterprise_id()
    enter(
        officer,
        Entries(
            new=[NewEnterprise(id=pk, name="新来的企业")],
            values=[
                ValueEntry(enterprise=row.pk, fact="county", text=LINQING),
                ValueEntry(
                    enterprise=row.pk, fact="revenue_ly", period="2024", number=Decimal(9), unit="万元"
                ),
            ],
        ),
        source=source("错的表", as_of=date(2025, 8, 1), batch=batch),
    )
    row.refresh_from_db()
    assert row.region == LINQING
    assert withdraw_batch(officer, batch) == 2
    row.refresh_from_db()
    assert row.region == GAOTANG
    assert set(queries.visible_to(officer).values_list("pk", flat=True)) == {row.pk}
    found = standings(queries.values_of([row.pk]))
    assert found["revenue_ly", "2024"].current.number == Decimal(1200)
    with pytest.raises(Conflict):
        withdraw_batch(officer, batch)


def test_a_batch_on_which_others_have_built_is_not_withdrawn(officer: Actor) -> None:
    batch = uuid.uuid4()
    row = make_enterprise(officer, from_source=source("名录", batch=batch))
    say(officer, row, "employees", 50, unit="人")
    with pytest.raises(Conflict, match=SHIFENG[:4]):
        withdraw_batch(officer, batch)
    assert queries.visible_to(officer).filter(pk=row.pk).exists()
