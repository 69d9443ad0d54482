"""Pairing: nothing without consent, only what it covers, nothing after it is withdrawn; both sides confirm."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest
from django.http import Http404
from django.urls import reverse

from lianzhang.casework import Actor, Role
from lianzhang.kernel import LianzhangError
from lianzhang.web.flow.actions import tick
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.flow.models import Attachment, Notice
from lianzhang.web.pairings import queries
from lianzhang.web.pairings.actions import act, raise_need
from lianzhang.web.pairings.models import Consent, Need
from lianzhang.web.people.permission import Forbidden, OutsideView
from tests.web.cases.conftest import Office, at, office
from tests.web.cases.test_pages import browser_of

__all__ = ["at", "office"]
pytestmark = pytest.mark.django_db
UNTIL = date(2026, 4, 1)
CONTENT = {
    "sort": "finance", "title": "设备贷款五百万", "text": "买两台加工中心", "amount": "500万元",
    "revenue_band": "5000万元—1亿元", "contact_name": "赵经理", "phone": "13700009999",
}  # fmt: skip
SECRETS = {
    "title": "设备贷款五百万", "text": "买两台加工中心", "amount": "500万元", "firm": "测试机械有限公司",
    "revenue_band": "5000万元—1亿元", "contact": "13700009999",
}  # fmt: skip


@pytest.fixture
def bank(office: Office, actor: Any) -> Actor:
    return actor(Role.bank_contact)


@pytest.fixture
def need(office: Office) -> Need:
    row = raise_need(office.firm, CONTENT)
    return act(office.officer, row.pk, "diagnose", {"text": "需求清楚"})


def share(
    office: Office, need: Need, bank: Actor, fields: Any = ("title", "text", "amount"), until: date = UNTIL
) -> Need:
    given = {"partner": bank.organisation_id, "date": until, "consent": True}
    return act(office.firm, need.pk, "share", given, fields=fields, purpose="仅用于本次对接")


def page_of(actor: Actor, need: Need) -> Any:
    return browser_of(actor).get(reverse("pairings:need", args=[need.pk]))


def test_before_consent_a_bank_sees_not_one_field_anywhere(office: Office, need: Need, bank: Actor) -> None:
    assert page_of(bank, need).status_code == 404
    for address in ("pairings:list", "desk:home", "desk:notices"):
        page = browser_of(bank).get(reverse(address)).content.decode()
        assert not [secret for secret in SECRETS.values() if secret in page]


@pytest.mark.parametrize(
    "fields",
    [chosen for n in (1, 3) for chosen in itertools.combinations(SECRETS, n)][::3],
    ids=lambda f: "+".join(f),
)
def test_a_bank_sees_exactly_the_fields_of_the_consent(
    office: Office, need: Need, bank: Actor, fields: tuple[str, ...]
) -> None:
    share(office, need, bank, fields)
    pages = (
        page_of(bank, need).content.decode() + browser_of(bank).get(reverse("pairings:list")).content.decode()
    )
    pages += browser_of(bank).get(reverse("desk:home")).content.decode()
    assert {name for name, secret in SECRETS.items() if secret in pages} == set(fields)


def test_another_bank_of_the_chain_sees_nothing(office: Office, need: Need, bank: Actor, actor: Any) -> None:
    share(office, need, bank)
    other = actor(Role.bank_contact)
    assert page_of(other, need).status_code == 404
    with pytest.raises((Forbidden, OutsideView, LianzhangError)):
        act(other, need.pk, "claim", {})


def test_a_withdrawn_consent_works_at_once_even_on_an_open_page(
    office: Office, need: Need, bank: Actor
) -> None:
    share(office, need, bank)
    browser = browser_of(bank)
    address = reverse("pairings:need", args=[need.pk])
    assert "买两台加工中心" in browser.get(address).content.decode()
    act(office.firm, need.pk, "withdraw_consent", {})
    assert browser.get(address).status_code == 404
    assert browser.post(reverse("pairings:do", args=[need.pk, "claim"]), {"version": 3}).status_code == 404
    with pytest.raises((Forbidden, OutsideView, Http404, LianzhangError)):
        act(bank, need.pk, "claim", {})
    assert Consent.objects.get().withdrawn_at is not None


def test_a_consent_ends_with_its_last_day_before_any_tick(
    office: Office, need: Need, bank: Actor, at: Any
) -> None:
    share(office, need, bank)
    at(days=31)
    assert queries.one(bank, need.pk) is None
    with pytest.raises((Forbidden, OutsideView, LianzhangError)):
        act(bank, need.pk, "claim", {})
    tick()
    need.refresh_from_db()
    assert need.state == "diagnosed" and need.partner_id is None
    share(office, need, bank, until=date(2026, 5, 1))
    assert queries.one(bank, need.pk) is not None


def test_a_consent_may_end_in_a_year_without_a_holiday_notice(
    office: Office, need: Need, bank: Actor
) -> None:
    share(office, need, bank, until=date(2099, 1, 1))
    assert Consent.objects.get().until == date(2099, 1, 1)


def test_sharing_needs_consent_receiver_fields_purpose_and_a_day_ahead(
    office: Office, need: Need, bank: Actor
) -> None:
    good = {"partner": bank.organisation_id, "date": UNTIL, "consent": True}
    for broken, fields, purpose in (
        ({**good, "consent": False}, ("title",), "x"),
        ({**good, "date": date(2026, 1, 1)}, ("title",), "x"),
        ({**good, "partner": ""}, ("title",), "x"),
        (good, (), "x"),
        (good, ("nonsense",), "x"),
        (good, ("title",), " "),
    ):
        with pytest.raises(LianzhangError):
            act(office.firm, need.pk, "share", broken, fields=fields, purpose=purpose)
    with pytest.raises(LianzhangError):
        act(office.officer, need.pk, "share", good, fields=("title",), purpose="代办")
    assert not Consent.objects.exists()


def test_the_result_counts_when_both_sides_confirmed_it(office: Office, need: Need, bank: Actor) -> None:
    share(office, need, bank)
    act(bank, need.pk, "claim", {})
    act(bank, need.pk, "propose", {"text": "三年期，利率面议", "amount": "400万元"})
    act(office.firm, need.pk, "sign", {"text": "合同已签", "amount": "400万元"})
    row = act(bank, need.pk, "deliver", {"text": "已放款", "amount": "400万元"})
    assert row.state == "delivered"
    with pytest.raises(LianzhangError):
        act(bank, need.pk, "confirm", {})
    act(office.firm, need.pk, "deny", {"reason": "只到300万"})
    act(bank, need.pk, "deliver", {"text": "补放款", "amount": "400万元"})
    row = act(office.firm, need.pk, "confirm", {})
    assert row.state == "closed" and {"by_firm", "by_partner"} <= set(row.marks)


def test_notices_to_a_bank_name_the_number_and_nothing_else(office: Office, need: Need, bank: Actor) -> None:
    share(office, need, bank)
    said = " ".join(
        str(notice.said) for notice in Notice.objects.filter(organisation_id=bank.organisation_id)
    )
    assert str(need.number) in said and not [secret for secret in SECRETS.values() if secret in said]


def test_declining_gives_a_reason_and_ends_the_consent(office: Office, need: Need, bank: Actor) -> None:
    share(office, need, bank)
    with pytest.raises(LianzhangError):
        act(bank, need.pk, "decline", {"reason": ""})
    row = act(bank, need.pk, "decline", {"reason": "不在授信范围"})
    assert row.state == "diagnosed" and queries.one(bank, need.pk) is None
    assert Consent.objects.filter(withdrawn_at=None).count() == 0


EXACT = "2025年1.0437亿元"


def test_the_exact_revenue_takes_a_second_consent_and_goes_to_a_bank_only(
    office: Office, bank: Actor, actor: Any
) -> None:
    need = raise_need(office.firm, {**CONTENT, "revenue": EXACT})
    act(office.officer, need.pk, "diagnose", {"text": "需求清楚"})
    assert EXACT not in str(list(Need.objects.values()))
    assert EXACT in page_of(office.firm, need).content.decode()
    share(office, need, bank, tuple(SECRETS))
    for reader in (bank, office.officer, office.chief):
        assert EXACT not in page_of(reader, need).content.decode()
    act(office.firm, need.pk, "withdraw_consent", {})
    institute = actor(Role.institute_contact)
    given = {"date": UNTIL, "consent": True}
    named = {"fields": ("title",), "purpose": "授信", "exact_revenue": True}
    with pytest.raises(LianzhangError, match="只能授权给银行"):
        act(office.firm, need.pk, "share", {**given, "partner": institute.organisation_id}, **named)
    assert Need.objects.get().partner_id is None
    act(office.firm, need.pk, "share", {**given, "partner": bank.organisation_id}, **named)
    page = page_of(bank, need).content.decode()
    assert EXACT in page and "买两台加工中心" not in page
    act(office.firm, need.pk, "withdraw_consent", {})
    assert page_of(bank, need).status_code == 404


def test_a_file_is_refused_once_its_consent_was_withdrawn(office: Office, need: Need, bank: Actor) -> None:
    share(office, need, bank)
    act(bank, need.pk, "claim", {})
    plan = Fit("方案.pdf", b"%PDF-1.4 plan", "application/pdf")
    act(bank, need.pk, "propose", {"text": "见附件"}, files=[plan])
    browser = browser_of(bank)
    file = Attachment.objects.get()
    address = reverse("desk:file", args=[file.pk])
    assert browser.get(address).content == b"%PDF-1.4 plan"
    # The link stands on a page that is still open; each download asks anew.
    act(office.firm, need.pk, "withdraw_consent", {})
    assert browser.get(address).status_code == 404
    assert browser_of(office.firm).get(address).status_code == 200
