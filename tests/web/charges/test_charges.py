"""A chief sees the firms in charge, with the last visit and what is open; the office gives and takes back."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from django.http import Http404

from lianzhang.casework import Role
from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.cases.actions import file_for
from lianzhang.web.cases.firms import firm_of_record
from lianzhang.web.charges.actions import end_charge, give_charge
from lianzhang.web.charges.models import Charge
from lianzhang.web.charges.queries import listed
from lianzhang.web.registry import resolving
from lianzhang.web.visits.actions import plan_visit, record_visit
from tests.web.cases.conftest import Office, at, office
from tests.web.cases.test_pages import browser_of
from tests.web.registry.conftest import make_enterprise

__all__ = ["at", "office"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def names_read_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resolving, "_kept", resolving._Kept())


@pytest.fixture
def record(office: Office) -> Any:
    return make_enterprise(office.officer, "聊城样例轴承有限公司", short=("样例轴承",), county="371521")


def test_the_chief_sees_the_last_visit_and_what_is_open(
    office: Office, record: Any, django_assert_max_num_queries: Any
) -> None:
    give_charge(office.officer, office.chief.person_id, record.pk, "equipment")
    firm = firm_of_record(office.officer, record.pk)
    assert [(row.visited, row.open_requests) for row in listed(office.chief)] == [(None, 0)]
    visit = plan_visit(office.county, firm, date(2026, 3, 2), purpose="看车间")
    assert listed(office.chief)[0].visited is None
    record_visit(office.county, visit.pk, "已看", findings=[{"title": "缺仓库", "topic": "land"}])
    file_for(office.officer, firm, {"topic": "energy", "title": "限电", "text": "热处理炉"})
    with django_assert_max_num_queries(4):
        assert [(row.visited, row.open_requests) for row in listed(office.chief)] == [(date(2026, 3, 2), 2)]
    page = browser_of(office.chief).get("/charges/").content.decode()
    assert "聊城样例轴承有限公司" in page and "2026年3月2日" in page and "取消包保" not in page


def test_the_office_plans_the_chiefs_visit_from_the_list(office: Office, record: Any) -> None:
    give_charge(office.officer, office.chief.person_id, record.pk, "equipment")
    browser = browser_of(office.officer)
    found = re.search(r'href="(/visits/new/[^"]+)"', browser.get("/charges/").content.decode())
    assert found
    page = browser.get(html.unescape(found.group(1))).content.decode()
    assert 'value="聊城样例轴承有限公司"' in page and f'value="{office.chief.name}"' in page


def test_given_twice_is_one_and_taken_back_it_is_gone(office: Office, record: Any, actor: Any) -> None:
    first = give_charge(office.officer, office.chief.person_id, record.pk, "equipment")
    assert give_charge(office.officer, office.chief.person_id, record.pk, "equipment") == first
    assert not listed(actor(Role.chief))
    with pytest.raises(Http404):
        end_charge(actor(Role.chain_officer, chains=("food",)), first.pk)
    end_charge(office.officer, first.pk)
    assert not listed(office.chief) and Charge.objects.get().ended_at is not None
    assert give_charge(office.officer, office.chief.person_id, record.pk, "equipment") != first


def test_only_the_office_gives_and_only_to_those_of_the_chain(office: Office, record: Any) -> None:
    for giver in (office.chief, office.unit, office.county, office.firm):
        with pytest.raises(NotAllowed):
            give_charge(giver, office.chief.person_id, record.pk, "equipment")
    for taker in (office.unit, office.firm):
        with pytest.raises(LianzhangError, match="只能分配给"):
            give_charge(office.officer, taker.person_id, record.pk, "equipment")
    with pytest.raises(Http404):
        give_charge(office.officer, office.chief.person_id, "E-none", "equipment")


def test_the_page_takes_any_name_and_says_when_it_finds_none(office: Office, record: Any) -> None:
    browser = browser_of(office.officer)
    given = {"person": office.chief.person_id, "chain": "equipment"}
    assert browser.post("/charges/", {**given, "firm": "没有这家"}).status_code == 422
    assert browser.post("/charges/", {**given, "firm": "样例轴承", "person": "x"}).status_code == 422
    assert browser.post("/charges/", {**given, "firm": "样例轴承"}).status_code == 302
    assert "聊城样例轴承有限公司" in browser.get("/charges/").content.decode()
    assert browser.post(f"/charges/{Charge.objects.get().pk}/end/").status_code == 302
    assert browser_of(office.chief).post("/charges/1/end/").status_code == 403
