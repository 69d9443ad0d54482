"""An enterprise takes back what it proposed, as long as nobody has decided about it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict
from lianzhang.web.journal.models import Event
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Person
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import (
    accept_correction,
    link_organisation,
    refuse_correction,
    withdraw_correction,
)
from lianzhang.web.registry.models import Correction, Enterprise
from tests.web.conftest import make_person
from tests.web.registry.conftest import LINQING, SHIFENG, make_enterprise, say, text_of

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
SAID = {"fact": "employees", "period": "2024", "value": "168", "because": "参保人数"}


@pytest.fixture
def firm(officer: Actor) -> Enterprise:
    """An enterprise with one figure."""
    return make_enterprise(officer, employees=77)


@pytest.fixture
def owner(officer: Actor, firm: Enterprise) -> Person:
    """Somebody of that enterprise."""
    person = make_person(Role.enterprise_user)
    link_organisation(officer, firm.pk, actor_for(person).organisation_id, version=firm.version)
    return person


@pytest.fixture
def proposed(signed_in: Browser, owner: Person) -> Correction:
    """What the enterprise said of itself."""
    signed_in(owner).post("/enterprises/own/correct/", SAID)
    return Correction.objects.get()


def address(correction: Correction) -> str:
    return f"/enterprises/own/corrections/{correction.pk}/withdraw/"


def test_a_withdrawn_correction_waits_no_longer_stays_readable_and_leaves_room_for_another(
    office: Client, signed_in: Browser, owner: Person, firm: Enterprise, proposed: Correction
) -> None:
    browser = signed_in(owner)
    assert address(proposed) in text_of(browser.get("/enterprises/own/"))
    assert browser.post(address(proposed), {"version": 1}).status_code == 302
    page = text_of(browser.get("/enterprises/own/"))
    assert "企业已撤回" in page and "168人" in page and address(proposed) not in page
    desk = text_of(office.get("/enterprises/corrections/"))
    assert "没有待审核的更正" in desk and "企业已撤回" in desk and SHIFENG in desk
    assert "待审核" not in text_of(office.get(f"/enterprises/{firm.pk}/"))
    assert queries.values_of([firm.pk], ["employees"]).count() == 1
    told = Event.objects.get(verb="correction.withdraw")
    assert "proposed" in told.before and "withdrawn" in told.after and firm.pk in told.after
    assert browser.post("/enterprises/own/correct/", SAID).status_code == 302, "the next one may be proposed"


def test_whoever_is_slower_of_the_enterprise_and_the_officer_is_told_what_became_of_it(
    office: Client, signed_in: Browser, owner: Person, officer: Actor, proposed: Correction
) -> None:
    browser, decide = signed_in(owner), f"/enterprises/corrections/{proposed.pk}/"
    browser.post(address(proposed), {"version": 1})
    late = office.post(decide, {"decision": "accept", "version": 1})
    assert "企业刚撤回了这条更正" in text_of(late, status=409)
    with pytest.raises(Conflict):
        accept_correction(officer, proposed.pk, version=2)
    browser.post("/enterprises/own/correct/", SAID)
    again = Correction.objects.get(state="proposed")
    refuse_correction(officer, again.pk, version=1, because="与年报不符")
    assert "刚被别人审核过" in text_of(browser.post(address(again), {"version": 1}), status=409)
    with pytest.raises(Conflict):
        withdraw_correction(actor_for(owner), again.pk, version=2)
    assert Correction.objects.get(pk=again.pk).state == "refused"


def test_nobody_else_withdraws_it(
    office: Client, signed_in: Browser, officer: Actor, proposed: Correction
) -> None:
    stranger = make_person(Role.enterprise_user)
    other = make_enterprise(officer, "别家有限公司")
    link_organisation(officer, other.pk, actor_for(stranger).organisation_id, version=other.version)
    assert signed_in(stranger).post(address(proposed), {"version": 1}).status_code in (403, 404)
    assert office.post(address(proposed), {"version": 1}).status_code == 403
    missing = Correction(pk="7d4ad91c-1f6a-4d0e-9d3e-000000000000")
    assert signed_in(stranger).post(address(missing), {"version": 1}).status_code == 404
    assert Correction.objects.get().state == "proposed"


def test_what_became_of_corrections_is_shown_to_those_who_may_review_them(
    signed_in: Browser, officer: Actor, proposed: Correction
) -> None:
    accept_correction(officer, proposed.pk, version=1, because="已核对社保系统")
    assert "已核对社保系统" in text_of(signed_in(Role.chain_officer).get("/enterprises/corrections/"))
    elsewhere = signed_in(Role.county_officer, region_code=LINQING)
    assert SHIFENG not in text_of(elsewhere.get("/enterprises/corrections/"))


def test_an_officer_who_saw_an_older_value_is_told_of_the_newer_one(
    office: Client, officer: Actor, firm: Enterprise, proposed: Correction
) -> None:
    page = text_of(office.get("/enterprises/corrections/"))
    [seen] = re.findall(r'name="seen_up_to" value="(\d+)"', page)
    say(officer, firm, "employees", 99, unit="人", name="统计局")
    form = {"decision": "accept", "version": 1, "seen_up_to": seen}
    assert "刚有新值" in text_of(office.post(f"/enterprises/corrections/{proposed.pk}/", form), status=409)
    assert Correction.objects.get().state == "proposed"
    page = text_of(office.get("/enterprises/corrections/"))
    form["seen_up_to"] = re.findall(r'name="seen_up_to" value="(\d+)"', page)[0]
    assert office.post(f"/enterprises/corrections/{proposed.pk}/", form).status_code == 302


@pytest.mark.parametrize(
    ("fact", "period", "value"),
    [
        ("employees", "1800", "5"),
        ("business_scope", "", "长" * 5001),
        ("established_on", "", "2199-01-01"),
        ("registered_capital", "", "0.0000000001"),
        ("registered_capital", "", "9" * 25),
        ("address", "", "\u202e\x01"),
    ],
)
def test_absurd_values_are_refused_with_a_word(
    signed_in: Browser, owner: Person, fact: str, period: str, value: str
) -> None:
    form = {"fact": fact, "period": period, "value": value, "because": "x"}
    answer = signed_in(owner).post("/enterprises/own/correct/", form)
    assert "field__error" in text_of(answer, status=422) and not Correction.objects.exists()


def test_signs_that_turn_a_text_around_are_left_out(signed_in: Browser, owner: Person) -> None:
    form = {"fact": "address", "value": "高唐县\u202e路一号", "because": "x"}
    signed_in(owner).post("/enterprises/own/correct/", form)
    assert Correction.objects.get().text == "高唐县路一号"


def test_a_correction_of_a_restricted_value_is_read_by_those_alone_who_may_read_the_value(
    signed_in: Browser, owner: Person, firm: Enterprise
) -> None:
    form = {"fact": "total_assets", "period": "2024", "value": "876543", "because": "审计报告"}
    assert signed_in(owner).post("/enterprises/own/correct/", form).status_code == 302
    address = f"/enterprises/{firm.pk}/"
    assert "876543" in text_of(signed_in(Role.chain_officer).get(address))
    assert "876543" not in text_of(signed_in(Role.analyst).get(address))
