"""Where people decide: contradictions, duplicates, corrections, and the enterprise's own record."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.people.identity import actor_for
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import link_organisation
from lianzhang.web.registry.current import standings
from lianzhang.web.registry.models import Correction, Judgement, ValueChoice
from tests.web.conftest import make_person
from tests.web.registry.conftest import CODE, GAOTANG, LINQING, SHIFENG, make_enterprise, say, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def test_the_conflict_desk_settles_and_keeps_both(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=1200)
    say(officer, row, "revenue_ly", 1300, name="企业年报")
    page = text_of(office.get("/enterprises/conflicts/"))
    assert "1200万元" in page and "1300万元" in page
    first, second = queries.values_of([row.pk], ["revenue_ly"])
    form = {"fact": "revenue_ly", "period": "2024", "chosen": first.pk, "seen_up_to": second.pk}
    assert office.post(f"/enterprises/{row.pk}/settle/", form).status_code == 302
    assert not ValueChoice.objects.exists(), "a choice needs its reason"
    form["because"] = "以月报为准"
    assert office.post(f"/enterprises/{row.pk}/settle/", form).status_code == 302
    assert "没有冲突" in text_of(office.get("/enterprises/conflicts/"))
    assert office.post(f"/enterprises/{row.pk}/settle/", form).status_code == 409
    found = standings(queries.values_of([row.pk]), queries.choices_of([row.pk]))["revenue_ly", "2024"]
    assert (found.current.pk, [other.pk for other in found.others]) == (first.pk, [second.pk])
    say(officer, row, "revenue_ly", 1500, name="统计局")
    assert "1500万元" in text_of(office.get("/enterprises/conflicts/"))


def test_a_choice_is_looked_at_again_changed_and_taken_back(office: Client, officer: Actor) -> None:
    row = make_enterprise(officer, revenue_ly=1200)
    say(officer, row, "revenue_ly", 1300, name="企业年报")
    first, second = queries.values_of([row.pk], ["revenue_ly"])
    form = {"fact": "revenue_ly", "period": "2024", "seen_up_to": second.pk, "because": "以月报为准"}
    settle, desk = f"/enterprises/{row.pk}/settle/", "/enterprises/conflicts/"
    asked = {"enterprise": row.pk, "fact": "revenue_ly", "period": "2024"}

    def count() -> Any:
        return standings(queries.values_of([row.pk]), queries.choices_of([row.pk]))["revenue_ly", "2024"]

    assert office.post(settle, form | {"chosen": first.pk}).status_code == 302
    assert "以月报为准" in text_of(office.get(desk)) and "改选" in text_of(
        office.get(f"/enterprises/{row.pk}/")
    )
    page, seen = text_of(office.get(desk, asked)), ValueChoice.objects.latest("pk").pk
    assert "收回选定" in page and f'name="seen_choice" value="{seen}"' in page
    again = form | {"chosen": second.pk, "because": "年报经审计"}
    assert office.post(settle, again).status_code == 409, "somebody has chosen since"
    assert office.post(settle, again | {"seen_choice": seen}).status_code == 302
    assert (count().current.pk, count().clashing) == (second.pk, False)
    back = form | {"chosen": "back", "because": "再核", "seen_choice": ValueChoice.objects.latest("pk").pk}
    assert office.post(settle, back).status_code == 302
    assert count().clashing and ValueChoice.objects.count() == 3
    page = text_of(office.get(desk))
    assert "1200万元" in page and "1300万元" in page and "再核" not in page


def test_the_tray_lists_equal_codes_and_a_judgement_can_be_taken_back(office: Client, officer: Actor) -> None:
    one = make_enterprise(officer, "时风集团", credit_code=CODE)
    two = make_enterprise(officer, credit_code=CODE)
    page = text_of(office.get("/enterprises/duplicates/"))
    assert "信用代码相同" in page
    left, right = sorted((one.pk, two.pk))
    form = {"left": left, "right": right, "seen": 0, "because": "同一法人", "decision": "same"}
    assert office.post("/enterprises/duplicates/judge/", form).status_code == 302
    page = text_of(office.get("/enterprises/duplicates/"))
    assert "没有待定的疑似重复" in page and "同一法人" in page
    assert office.post("/enterprises/duplicates/judge/", form | {"decision": "different"}).status_code == 409
    asked = text_of(office.get("/enterprises/duplicates/", {"left": left, "right": right}))
    assert "同一法人" in asked
    seen = Judgement.objects.get().pk
    office.post("/enterprises/duplicates/judge/", form | {"decision": "different", "seen": seen})
    assert queries.every().count() == 2


def test_an_enterprise_sees_its_own_record_and_proposes_a_correction(
    signed_in: Browser, officer: Actor
) -> None:
    row, other = make_enterprise(officer, employees=77), make_enterprise(officer, "别家有限公司")
    person = make_person(Role.enterprise_user)
    browser = signed_in(person)
    assert "还没有与企业库里的档案关联" in text_of(browser.get("/enterprises/own/"))
    link_organisation(officer, row.pk, actor_for(person).organisation_id, version=row.version)
    assert SHIFENG in text_of(browser.get("/enterprises/own/"))
    assert browser.get(f"/enterprises/{other.pk}/").status_code == 404
    assert browser.get("/enterprises/").status_code == 403
    form = {"fact": "employees", "period": "2024", "value": "168", "because": "参保人数"}
    assert browser.post("/enterprises/own/correct/", form).status_code == 302
    assert "已有一条更正" in text_of(browser.post("/enterprises/own/correct/", form), status=422)
    assert queries.values_of([row.pk], ["employees"]).count() == 1, "a proposal changes nothing"
    page = text_of(browser.get("/enterprises/own/"))
    assert "168人" in page and "待审核" in page


def test_an_officer_accepts_or_refuses_a_correction_and_the_slower_one_is_told(
    office: Client, signed_in: Browser, officer: Actor
) -> None:
    row = make_enterprise(officer, employees=77)
    person = make_person(Role.enterprise_user)
    link_organisation(officer, row.pk, actor_for(person).organisation_id, version=row.version)
    browser = signed_in(person)
    form = {"fact": "employees", "period": "2024", "value": "168", "because": "参保人数"}
    browser.post("/enterprises/own/correct/", form)
    page = text_of(office.get("/enterprises/corrections/"))
    assert "168人" in page and "参保人数" in page and "77" in page
    correction = Correction.objects.get()
    address = f"/enterprises/corrections/{correction.pk}/"
    office.post(address, {"decision": "refuse", "version": 1, "because": ""})
    assert Correction.objects.get().state == "proposed", "a refusal needs its reason"
    assert office.post(address, {"decision": "accept", "version": 1}).status_code == 302
    assert office.post(address, {"decision": "refuse", "version": 1, "because": "x"}).status_code == 409
    found = standings(queries.values_of([row.pk]), queries.choices_of([row.pk]))["employees", "2024"]
    assert (found.current.number, found.clashing) == (Decimal(168), False)
    assert [other.number for other in found.others] == [Decimal(77)]
    assert "已采用" in text_of(browser.get("/enterprises/own/"))


def test_a_county_reviews_corrections_of_its_own_firms_alone(signed_in: Browser, officer: Actor) -> None:
    row = make_enterprise(officer, employees=77)
    person = make_person(Role.enterprise_user)
    link_organisation(officer, row.pk, actor_for(person).organisation_id, version=row.version)
    signed_in(person).post(
        "/enterprises/own/correct/",
        {"fact": "employees", "period": "2024", "value": "168", "because": "参保人数"},
    )
    address = f"/enterprises/corrections/{Correction.objects.get().pk}/"
    elsewhere = signed_in(Role.county_officer, region_code=LINQING)
    assert "168" not in text_of(elsewhere.get("/enterprises/corrections/"))
    assert elsewhere.post(address, {"decision": "accept", "version": 1}).status_code == 404
    here = signed_in(Role.county_officer, region_code=GAOTANG)
    assert here.post(address, {"decision": "accept", "version": 1}).status_code == 302


def test_only_the_chain_office_links_an_organisation_once(signed_in: Browser, officer: Actor) -> None:
    one, two = make_enterprise(officer), make_enterprise(officer, "乙有限公司")
    organisation = actor_for(make_person(Role.enterprise_user)).organisation_id
    county = signed_in(Role.county_officer, region_code=GAOTANG)
    form = {"organisation": organisation, "version": one.version}
    assert county.post(f"/enterprises/{one.pk}/link/", form).status_code == 403
    office = signed_in(Role.chain_officer)
    assert office.post(f"/enterprises/{one.pk}/link/", form).status_code == 302
    assert office.post(f"/enterprises/{two.pk}/link/", form).status_code == 404
    assert office.post(f"/enterprises/{one.pk}/link/", form | {"organisation": ""}).status_code == 409
    one.refresh_from_db()
    assert str(one.organisation_id) == organisation


def test_names_alike_are_proposed_unless_sound_codes_say_that_they_are_two(
    office: Client, officer: Actor
) -> None:
    make_enterprise(officer, "聊城市鑫亚轴承有限公司", county="371502", credit_code=CODE)
    twin = make_enterprise(officer, "聊城鑫亚轴承有限责任公司", county="371502")
    page = text_of(office.get("/enterprises/duplicates/"))
    assert "聊城市鑫亚轴承有限公司" in page and "聊城鑫亚轴承有限责任公司" in page
    say(officer, twin, "credit_code", "91370200264574251E")
    assert "没有待定的疑似重复" in text_of(office.get("/enterprises/duplicates/"))
