"""What the screens of the registry owe their readers: links that open, ids that stay, dates beside numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict, clock
from lianzhang.web.people.identity import actor_for
from lianzhang.web.registry.actions import enter, enter_if_unchanged, judge, link_organisation
from lianzhang.web.registry.entries import (
    BrandEntry,
    ContactEntry,
    Entries,
    ExportEntry,
    SupplyEntry,
    TitleEntry,
)
from lianzhang.web.registry.models import Contact, Enterprise
from tests.web.conftest import make_person
from tests.web.registry.conftest import CODE, GAOTANG, LINQING, SHIFENG, make_enterprise, source, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
BEARINGS = "临清某轴承有限公司"


def test_the_id_and_the_code_of_a_merged_record_still_find_the_firm(office: Client, officer: Actor) -> None:
    one = make_enterprise(officer, credit_code=CODE)
    other = make_enterprise(officer, "时风集团公司", credit_code="91370200264574251E")
    judge(officer, one.pk, other.pk, "same")
    for words in (one.pk, other.pk, other.pk.lower(), CODE, "91370200264574251E", "264574"):
        assert SHIFENG in text_of(office.get("/enterprises/", {"words": words})), words


def test_a_county_gets_no_link_to_a_firm_that_it_may_not_open(signed_in: Browser, officer: Actor) -> None:
    row, partner = make_enterprise(officer), make_enterprise(officer, BEARINGS, county=LINQING)
    link = SupplyEntry(buyer=row.pk, buyer_name=SHIFENG, supplier=partner.pk, supplier_name=BEARINGS)
    enter(officer, Entries(supply=[link]), source=source())
    address, opens = f"/enterprises/{row.pk}/", f'href="/enterprises/{partner.pk}/"'
    page = text_of(signed_in(Role.county_officer, region_code=GAOTANG).get(address))
    assert BEARINGS in page and opens not in page
    assert opens in text_of(signed_in(Role.chain_officer).get(address))


def test_every_record_has_its_source_and_the_day_of_it_and_an_earlier_day_knows_no_later_ones(
    office: Client, officer: Actor
) -> None:
    row = make_enterprise(officer)
    said = Entries(
        titles=[TitleEntry(enterprise=row.pk, title="专精特新中小企业", awarded="2023")],
        brands=[BrandEntry(enterprise=row.pk, brand="时风牌", listing="山东知名品牌", listed="2025")],
        exports=[
            ExportEntry(
                enterprise=row.pk,
                period="2024",
                product="三轮车",
                amount=Decimal(3000),
                unit="万元",
                qualifier="over",
                quantity=Decimal(120),
                quantity_unit="台",
            )
        ],
        supply=[
            SupplyEntry(
                buyer=row.pk, buyer_name=SHIFENG, supplier_name="外地某公司", product="件", period="2024"
            )
        ],
        contacts=[ContactEntry(enterprise=row.pk, name="于某", phone="13812345678")],
    )
    enter(officer, said, source=source("走访单", as_of=date(2025, 3, 4)))
    page = text_of(office.get(f"/enterprises/{row.pk}/"))
    assert page.count("走访单") >= 5 and page.count("截至2025年3月4日") >= 5
    assert "超3000万元" in page and "120台" in page
    earlier = text_of(office.get(f"/enterprises/{row.pk}/", {"on": "2024-06-30"}))
    assert "专精特新中小企业" in earlier
    for later in ("时风牌", "三轮车", "外地某公司"):
        assert later not in earlier, later


def test_english_headings_say_the_unit_of_their_numbers_in_english(office: Client, officer: Actor) -> None:
    make_enterprise(officer, revenue_ly=1200)
    office.cookies["lianzhang-language"] = "en"
    asked = {"columns": ["name", "fact.revenue_ly", "fact.employees"]}
    page = text_of(office.get("/enterprises/", asked))
    assert "revenue of last year (10,000 yuan)" in page and "万元" not in page
    table = b"".join(office.get("/enterprises/export/", asked | {"as": "csv"}).streaming_content).decode()
    assert "(10,000 yuan)" in table and "1200" in table and "万元" not in table


def test_the_ids_of_a_pair_may_be_typed_in_small_letters(office: Client, officer: Actor) -> None:
    one, other = make_enterprise(officer), make_enterprise(officer, BEARINGS, county=LINQING)
    asked = {"left": one.pk.lower(), "right": other.pk.lower()}
    page = text_of(office.get("/enterprises/duplicates/", asked))
    assert SHIFENG in page and BEARINGS in page


def test_the_history_names_every_writing_and_what_was_taken_back(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer)
    contact = ContactEntry(enterprise=row.pk, name="于某", phone="13812345678")
    enter(officer, Entries(contacts=[contact]), source=source("电话登记表"))
    link = SupplyEntry(buyer=row.pk, buyer_name=SHIFENG, supplier_name="外地某公司", product="件")
    enter(officer, Entries(supply=[link]), source=source("采购清单"))
    row.refresh_from_db()
    form = {"take_back": "yes", "because": "已离职", "version": row.version}
    office.post(f"/enterprises/{row.pk}/records/contacts/{Contact.objects.get().pk}/", form)
    history = text_of(office.get(f"/enterprises/{row.pk}/")).split('id="history"')[1]
    for written in ("县区月报", "电话登记表", "采购清单", "已离职"):
        assert written in history, written


def test_a_form_for_a_new_firm_that_is_sent_twice_makes_one_firm(office: Client) -> None:
    page = text_of(office.get("/enterprises/new/"))
    [pk] = re.findall(r'name="id" value="(E[0-9A-Z]{9})"', page)
    form = {"id": pk, "name": "聊城某新有限公司", "source": "走访", "county": GAOTANG, "anyway": "on"}
    for _ in range(2):
        answer = office.post("/enterprises/new/", form)
        assert (answer.status_code, answer["Location"]) == (302, f"/enterprises/{pk}/")
    assert Enterprise.objects.count() == 1
    text_of(office.post("/enterprises/new/", form | {"id": "../x"}), status=422)


def test_of_two_who_write_at_the_same_moment_the_second_is_told(officer: Actor) -> None:
    row = make_enterprise(officer)
    brand = Entries(brands=[BrandEntry(enterprise=row.pk, brand="时风牌", listing="山东知名品牌")])
    # Both pages had read the same state, whatever each looked at before it wrote.
    enter_if_unchanged(officer, row.pk, brand, source=source(), version=row.version)
    with pytest.raises(Conflict):
        enter_if_unchanged(officer, row.pk, brand, source=source(), version=row.version)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2025-02-30", "不是一天"),
        ("去年", "不是一天"),
        ("2025", "不是一天"),
        ("<b>", "&lt;b&gt;”不是一天"),
        ("0000-00-00", "不是一天"),
        ("9" * 30, "20"),
        ("2199-01-01", "还没有到"),
        ("1999-12-31", "最早的是 2025-06-30"),
    ],
)
def test_a_day_that_cannot_be_shown_is_said_beside_the_field(
    office: Client, officer: Actor, on: str, said: str
) -> None:
    row = make_enterprise(officer, business_scope="农用车")
    page = text_of(office.get(f"/enterprises/{row.pk}/", {"on": on}), status=400)
    field = page.split('class="field field--wrong"')[1].split("</form>")[0]
    assert said in field and 'id="id_on"' in field and 'href="#id_on"' in page
    assert "农用车" in page and "看现在的" not in page, (
        "today's data, and nothing that looks like another day's"
    )


@pytest.mark.parametrize("on", ["", "2025-06-30", "2025年6月30日", "２０２５/６/３０", "20250701"])
def test_a_day_is_understood_in_the_shapes_that_people_write(office: Client, officer: Actor, on: str) -> None:
    row = make_enterprise(officer, business_scope="农用车")
    page = text_of(office.get(f"/enterprises/{row.pk}/", {"on": on}))
    assert "农用车" in page and ("看现在的" in page) == bool(on)


def test_the_own_record_says_the_same_of_a_day_that_cannot_be_shown(
    signed_in: Browser, officer: Actor
) -> None:
    row, person = make_enterprise(officer), make_person(Role.enterprise_user)
    link_organisation(officer, row.pk, actor_for(person).organisation_id, version=row.version)
    page = text_of(signed_in(person).get("/enterprises/own/", {"on": "2025-02-30"}), status=400)
    assert "不是一天" in page


@pytest.mark.parametrize(
    "address", ["/enterprises/%00/", "/enterprises/E%00/records/names/", "/measures/%00/"]
)
def test_an_address_with_a_sign_that_no_database_takes_is_not_found(office: Client, address: str) -> None:
    assert office.get(address).status_code == 404


@pytest.mark.parametrize(("ending", "query"), [("xlsx", ""), ("csv", "?as=csv")])
def test_an_export_is_named_in_chinese_with_the_day(office: Client, ending: str, query: str) -> None:
    named = unquote(office.get(f"/enterprises/export/{query}")["Content-Disposition"])
    assert f"filename*=UTF-8''企业名录_{clock.today():%Y%m%d}.{ending}" in named
