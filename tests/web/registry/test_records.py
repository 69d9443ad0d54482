"""Single records – brands, exports, supply links, contacts – entered, corrected and taken back by an officer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.chains.actions.place import place_everywhere
from lianzhang.web.journal.models import Event
from lianzhang.web.registry.actions import enter, seal
from lianzhang.web.registry.entries import ContactEntry, Entries, ExportEntry, SupplyEntry, TitleEntry
from lianzhang.web.registry.frames import supply_frame
from lianzhang.web.registry.models import (
    BrandListing,
    Contact,
    Enterprise,
    ExportRecord,
    SupplyLink,
    TitleHolding,
)
from tests.web.registry.conftest import GAOTANG, LINQING, SHIFENG, make_enterprise, source, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
BEARINGS = "临清某轴承有限公司"


def send(browser: Client, row: Enterprise, where: str, *, status: int = 302, **said: Any) -> Any:
    row.refresh_from_db()
    data = {"source": "走访", "as_of": "2025-06-30", "version": row.version, **said}
    answer = browser.post(f"/enterprises/{row.pk}/records/{where}/", data)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer


def test_a_brand_is_entered_corrected_and_taken_back_and_nothing_is_lost(
    office: Client, officer: Actor
) -> None:
    row = make_enterprise(officer)
    send(office, row, "brands", brand="时风", listing="好品山东", listed="2023")
    old = BrandListing.objects.get()
    send(office, row, f"brands/{old.pk}", brand="时风牌", listing="好品山东", listed="2023年")
    page = text_of(office.get(f"/enterprises/{row.pk}/"))
    assert "时风牌" in page and BrandListing.objects.count() == 2
    new = BrandListing.objects.get(superseded=None)
    answer = send(office, row, f"brands/{new.pk}", status=422, take_back="yes")
    assert "请写明撤回的理由" in answer.content.decode()
    send(office, row, f"brands/{new.pk}", take_back="yes", because="登记重复")
    assert "时风牌" not in text_of(office.get(f"/enterprises/{row.pk}/"))
    assert BrandListing.objects.count() == 2
    assert "登记重复" in Event.objects.filter(verb="enterprise.replace").latest("seq").after
    send(office, row, f"brands/{new.pk}", status=404, brand="x", listing="y")


def test_exports_take_periods_as_people_write_them_and_refuse_those_to_come(
    office: Client, officer: Actor
) -> None:
    row = make_enterprise(officer)
    send(office, row, "exports", period="2025年上半年", market="俄罗斯", amount="300")
    assert ExportRecord.objects.get().period == "2025H1"
    for wrong in ({"period": "去年某时"}, {"period": "2199"}, {"amount": "-3"}, {"as_of": "2199-01-01"}):
        send(office, row, "exports", status=422, **{"period": "2024", "amount": "300", **wrong})
    assert ExportRecord.objects.count() == 1


def test_a_partner_is_linked_when_sure_asked_about_when_not_and_kept_by_name_on_request(
    office: Client, officer: Actor
) -> None:
    row, partner = make_enterprise(officer), make_enterprise(officer, BEARINGS, county=LINQING)
    send(office, row, "supply", direction="buys", partner=partner.pk.lower(), product="轴承", amount="50")
    link = SupplyLink.objects.get()
    assert (link.buyer, link.supplier, link.supplier_name, link.unit) == (row, partner, BEARINGS, "万元")
    send(office, row, "supply", direction="sells", partner="外地某公司", product="农机")
    assert SupplyLink.objects.get(product="农机").buyer is None
    twins = [make_enterprise(officer, "聊城宏达机械有限公司", county=county) for county in (GAOTANG, LINQING)]
    answer = send(office, row, "supply", status=422, direction="buys", partner="聊城宏达机械有限公司")
    assert all(twin.pk in answer.content.decode() for twin in twins)
    send(office, row, "supply", direction="buys", partner="聊城宏达机械有限公司", by_name="on", product="件")
    assert SupplyLink.objects.get(product="件").supplier is None
    send(office, row, "supply", status=422, direction="buys", partner=row.pk)


def test_a_corrected_link_counts_once_and_keeps_its_partner(office: Client, officer: Actor) -> None:
    row, partner = make_enterprise(officer), make_enterprise(officer, BEARINGS, county=LINQING)
    link = SupplyEntry(buyer=row.pk, buyer_name=SHIFENG, supplier=partner.pk, supplier_name=BEARINGS)
    enter(officer, Entries(supply=[link]), source=source())
    old = SupplyLink.objects.get()
    send(office, row, f"supply/{old.pk}", direction="buys", partner=BEARINGS, amount="80")
    [found] = supply_frame().iter_rows(named=True)
    assert (found["buyer"], found["supplier"], int(found["amount"])) == (row.pk, partner.pk, 80)


def test_a_corrected_export_keeps_what_the_form_does_not_ask(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer)
    said = ExportEntry(
        enterprise=row.pk,
        period="2024",
        market="俄罗斯",
        amount=Decimal(3000),
        unit="万元",
        qualifier="over",
        quantity=Decimal(120),
        quantity_unit="台",
    )
    enter(officer, Entries(exports=[said]), source=source())
    old = ExportRecord.objects.get()
    send(office, row, f"exports/{old.pk}", period="2024", market="白俄罗斯", amount="3000")
    new = ExportRecord.objects.get(superseded=None)
    assert (new.market, new.qualifier, new.quantity, new.quantity_unit) == ("白俄罗斯", "over", 120, "台")
    row.refresh_from_db()
    send(office, row, f"exports/{new.pk}", period="2024", market="白俄罗斯", amount="3123")
    assert ExportRecord.objects.get(superseded=None).qualifier == ""


def test_a_county_writes_down_whom_its_firms_buy_from_wherever_that_is(
    signed_in: Browser, officer: Actor
) -> None:
    row = make_enterprise(officer)
    other = make_enterprise(officer, BEARINGS, county=LINQING)
    link = SupplyEntry(buyer=row.pk, buyer_name=SHIFENG, supplier=other.pk, supplier_name=BEARINGS)
    enter(officer, Entries(supply=[link]), source=source())
    county = signed_in(Role.county_officer, region_code=GAOTANG)
    old = SupplyLink.objects.get()
    send(county, row, f"supply/{old.pk}", direction="buys", partner=BEARINGS, amount="80")
    assert SupplyLink.objects.get(superseded=None).supplier == other
    # Whom it may not see it cannot find out by name either.
    send(county, row, "supply", direction="buys", partner=other.pk, product="轴承")
    assert SupplyLink.objects.get(product="轴承").supplier is None
    assert county.get(f"/enterprises/{other.pk}/records/supply/").status_code == 404


def test_a_contact_keeps_its_number_when_only_the_duty_is_corrected(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer)
    contact = ContactEntry(enterprise=row.pk, name="张三", duty="经理", phone="13812345678")
    enter(officer, Entries(contacts=[contact]), source=source())
    old = Contact.objects.get()
    page = text_of(office.get(f"/enterprises/{row.pk}/records/contacts/{old.pk}/"))
    assert "138****5678" in page and "13812345678" not in page
    send(office, row, f"contacts/{old.pk}", name="张三", duty="总经理")
    new = Contact.objects.get(superseded=None)
    assert (new.duty, new.phone_masked, new.phone_sealed) == ("总经理", "138****5678", old.phone_sealed)
    send(office, row, f"contacts/{new.pk}", status=422, name="张三", phone="八八六")
    assert "13812345678" not in str(Event.objects.values_list("before", "after"))


def test_two_officers_do_not_correct_the_same_record_unseen(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer)
    send(office, row, "brands", brand="时风", listing="好品山东")
    old = BrandListing.objects.get()
    row.refresh_from_db()
    seen = row.version
    send(office, row, f"brands/{old.pk}", brand="时风牌", listing="好品山东")
    answer = office.post(
        f"/enterprises/{row.pk}/records/brands/{old.pk}/",
        {"source": "走访", "as_of": "2025-06-30", "version": seen, "brand": "别名", "listing": "好品山东"},
    )
    assert answer.status_code in (404, 409)
    assert BrandListing.objects.get(superseded=None).brand == "时风牌"


def test_whole_numbers_are_seen_so_often_a_day_and_then_a_clear_word_says_why_not(
    office: Client, signed_in: Browser, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert seal.LOOKS_A_DAY == 30
    monkeypatch.setattr(seal, "LOOKS_A_DAY", 3)
    row = make_enterprise(officer)
    contact = ContactEntry(enterprise=row.pk, name="张三", phone="13812345678")
    enter(officer, Entries(contacts=[contact]), source=source())
    where = f"/enterprises/{row.pk}/contacts/{Contact.objects.get().pk}/"
    for _ in range(3):
        assert "13812345678" in text_of(office.post(where, {"because": "约走访"}))
    page = text_of(office.post(where, {"because": "约走访"}, follow=True))
    assert "13812345678" not in page and "每人每天的上限" in page
    looks = Event.objects.filter(verb="contact.reveal")
    assert (looks.filter(result="done").count(), looks.filter(result="refused").count()) == (3, 1)
    other = signed_in(Role.chain_officer)
    assert "13812345678" in text_of(other.post(where, {"because": "约走访"}))


def test_readers_see_the_records_and_no_way_to_change_them(signed_in: Browser, officer: Actor) -> None:
    row = make_enterprise(officer)
    analyst = signed_in(Role.analyst)
    assert "/records/" not in text_of(analyst.get(f"/enterprises/{row.pk}/"))
    assert analyst.get(f"/enterprises/{row.pk}/records/brands/").status_code == 403
    office = signed_in(Role.chain_officer)
    assert office.get(f"/enterprises/{row.pk}/records/secrets/").status_code == 404


def holding(officer: Actor, row: Enterprise) -> TitleHolding:
    title = TitleEntry(enterprise=row.pk, title="瞪羚企业", awarded="2023")
    enter(officer, Entries(titles=[title]), source=source("名单"))
    return TitleHolding.objects.get()


def test_what_became_of_a_title_is_recorded_with_day_and_reason(
    office: Client, signed_in: Browser, officer: Actor
) -> None:
    row = make_enterprise(officer)
    where = f"/enterprises/{row.pk}/titles/{holding(officer, row).pk}/"

    def change(browser: Client, **said: str) -> Any:
        row.refresh_from_db()
        base = {"source": "公告", "as_of": "2025-06-30", "version": row.version, "on": "2025-05-01"}
        return browser.post(where, {**base, **said})

    for wrong in (
        {"what": "revoked"},
        {"what": "confirmed"},
        {"what": "rechecked", "valid_until": "2024-01-01"},
        {"what": "rechecked", "on": "2199-01-01"},
        {"what": "promoted"},
    ):
        assert change(office, **wrong).status_code == 422, wrong
    department = signed_in(Role.department_officer)
    assert change(department, what="rechecked", valid_until="2199-12-31").status_code == 302
    page = text_of(office.get(f"/enterprises/{row.pk}/"))
    assert "仍有效1项" in page and "复核通过" in page and "2199年12月31日" in page
    assert change(office, what="revoked", on="2025-06-01", because="弄虚作假").status_code == 302
    page = text_of(office.get(f"/enterprises/{row.pk}/"))
    assert "仍有效0项" in page and "弄虚作假" in page and "曾获1项" in page
    assert change(signed_in(Role.county_officer, region_code=GAOTANG), what="revoked").status_code == 403


def test_chain_places_and_requests_stand_on_the_profile_for_those_who_may_see_them(
    signed_in: Browser, officer: Actor
) -> None:
    load_pack("liaocheng")
    row = make_enterprise(officer, products="拖拉机")
    place_everywhere(officer)
    office, analyst = signed_in(Role.chain_officer), signed_in(Role.analyst)
    page = text_of(office.get(f"/enterprises/{row.pk}/"))
    assert "/map/node/" in page and f"/outages/{row.pk}/" in page and 'id="requests"' in page
    assert 'id="requests"' not in text_of(analyst.get(f"/enterprises/{row.pk}/"))
