"""Requests and the registry: the same firm on both sides, with an account or without one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Role
from lianzhang.web.cases.actions import act, adopt, begin_draft, file_for
from lianzhang.web.cases.firms import firm_of_record, meant
from lianzhang.web.cases.models import Request
from lianzhang.web.cases.queries import one, requests_of_enterprise
from lianzhang.web.journal.queries import verification
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Organisation
from lianzhang.web.registry import resolving
from lianzhang.web.registry.actions.judge import judge
from lianzhang.web.registry.actions.link import link_organisation
from tests.web.cases.conftest import Office
from tests.web.conftest import make_person
from tests.web.registry.conftest import make_enterprise

pytestmark = pytest.mark.django_db

CONTENT = {"topic": "land", "title": "缺用地指标", "text": "二期厂房缺30亩指标。"}


@pytest.fixture(autouse=True)
def names_read_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stands still here and rolled-back rows give their numbers back: the kept index would look fresh."""
    monkeypatch.setattr(resolving, "_kept", resolving._Kept())


@pytest.fixture
def record(office: Office) -> Any:
    return make_enterprise(
        office.officer,
        "聊城样例轴承有限公司",
        short=("样例轴承",),
        county="371521",
        credit_code="913700007456765902",
    )


def link(office: Office, record: Any, name: str = "firm") -> Any:
    firm = office.organisation(name)
    return link_organisation(office.officer, record.pk, firm.pk, version=record.version)


@pytest.mark.parametrize("linked_first", [True, False])
def test_a_request_stands_under_its_enterprise_whenever_the_two_were_linked(
    office: Office, record: Any, linked_first: bool
) -> None:
    if linked_first:
        link(office, record)
    row = file_for(office.officer, office.organisation("firm"), CONTENT)
    if not linked_first:
        link(office, record)
    assert list(requests_of_enterprise(office.officer, record.pk)) == [row]
    assert list(requests_of_enterprise(office.firm, record.pk)) == [row]
    assert not requests_of_enterprise(office.other, record.pk)


def test_drafts_and_unknown_enterprises_show_nothing(office: Office, record: Any) -> None:
    link(office, record)
    begin_draft(office.firm, CONTENT)
    assert not requests_of_enterprise(office.firm, record.pk)
    assert not requests_of_enterprise(office.officer, "E-none")


def test_requests_follow_a_merger_of_records(office: Office, record: Any) -> None:
    twin = make_enterprise(office.officer, "样例轴承厂", county="371521")
    row = file_for(office.officer, firm_of_record(office.officer, twin.pk), CONTENT)
    judge(office.officer, record.pk, twin.pk, "same")
    for known in (record.pk, twin.pk):
        assert list(requests_of_enterprise(office.officer, known)) == [row]


def test_a_firm_without_an_account_is_filed_for_and_takes_its_request_over_later(
    office: Office, record: Any
) -> None:
    row = file_for(office.county, firm_of_record(office.county, record.pk), CONTENT)
    assert row.firm is None and row.firm_name == "聊城样例轴承有限公司" and row.region_code == "371521"
    act(office.officer, row.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
    act(office.unit, row.pk, "sign", {})
    act(office.unit, row.pk, "answer", {"result": "solved", "text": "指标已下达"})
    assert act(office.head, row.pk, "check", {}).owner is None
    assert adopt() == 0
    newcomer = Organisation.objects.create(
        kind="enterprise", name="聊城样例轴承有限公司", chains=["equipment"]
    )
    link_organisation(office.officer, record.pk, newcomer.pk, version=record.version)
    assert (adopt(), adopt()) == (1, 0)
    hand = actor_for(make_person(Role.enterprise_user, organisation=newcomer))
    row = Request.objects.get(pk=row.pk)
    assert (row.owner_party, row.owner) == ("firm", newcomer)
    assert one(hand, row.pk) is not None
    assert act(hand, row.pk, "confirm", {}).state == "closed" and verification().whole


def test_a_firm_is_found_under_any_name_its_code_or_its_number(office: Office, record: Any) -> None:
    for words in (record.pk, " 913700007456765902 ", "聊城样例轴承有限公司", "样例轴承"):
        sure, _ = meant(office.officer, words)
        assert sure is not None and sure.enterprise == record, words
    sure, _ = meant(office.officer, "测试机械有限公司")
    assert sure is not None and sure.organisation == office.organisation("firm")
    elsewhere = actor_for(make_person(Role.county_officer, region_code="371526"))
    for words in (record.pk, "913700007456765902", "样例轴承", "测试机械有限公司"):
        assert meant(elsewhere, words) == (None, []), words


def test_the_page_files_for_a_name_and_says_when_it_finds_none(
    office: Office, record: Any, signed_in: Any
) -> None:
    client: Client = Client()
    client.force_login(make_person(Role.chain_officer))
    wrong = client.post("/requests/behalf/", {"firm": "没有这一家公司", "channel": "phone", **CONTENT})
    assert wrong.status_code == 422 and "企业库里没有找到" in wrong.content.decode()
    assert not Request.objects.exists()
    right = client.post("/requests/behalf/", {"firm": "样例轴承", "channel": "phone", **CONTENT})
    row = Request.objects.get()
    assert right.status_code == 302 and row.enterprise == record
    page = client.get(f"/requests/{row.pk}/").content.decode()
    assert f"/enterprises/{record.pk}/" in page and "还没有账号" in page


def test_several_that_fit_are_offered_and_one_is_picked(office: Office, signed_in: Any) -> None:
    first = make_enterprise(office.officer, "聊城宏达机械有限公司", county="371521")
    make_enterprise(office.officer, "临清宏达机械有限公司", county="371581")
    client: Client = signed_in(Role.chain_officer)
    content = {"firm": "宏达机械", "channel": "phone", **CONTENT}
    asked = client.post("/requests/behalf/", content)
    assert asked.status_code == 422 and first.pk in asked.content.decode()
    assert client.post("/requests/behalf/", {**content, "pick": "E-forged"}).status_code == 422
    assert client.post("/requests/behalf/", {**content, "pick": first.pk}).status_code == 302
    assert Request.objects.get().enterprise == first
