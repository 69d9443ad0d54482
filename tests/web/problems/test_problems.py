"""A gap of the chain from the finding to the closing, and who may see and do what."""

from __future__ import annotations

from typing import Any

import pytest

from lianzhang.kernel import LianzhangError, NotAllowed
from lianzhang.web.desk.queries import desk_of
from lianzhang.web.flow.actions import tick
from lianzhang.web.flow.models import Notice
from lianzhang.web.problems.actions import act, find_problem
from lianzhang.web.problems.models import Problem
from lianzhang.web.problems.queries import listed, one
from tests.web.cases.conftest import Office, at, office
from tests.web.cases.test_pages import browser_of

__all__ = ["at", "office"]
pytestmark = pytest.mark.django_db

CONTENT = {"title": "高端轴承钢本地无企业", "sort": "gap", "text": "全部外购，单一来源。", "node": "轴承钢"}


@pytest.fixture
def found(office: Office) -> Problem:
    return find_problem(office.county, CONTENT, chain_id="equipment")


@pytest.fixture
def working(office: Office, found: Problem) -> Problem:
    act(office.officer, found.pk, "verify", {"text": "已核实"})
    return act(office.officer, found.pk, "assign", {"unit": office.unit.organisation_id})


def test_the_office_verifies_first_and_whoever_found_it_goes_on_seeing_it(
    office: Office, found: Problem
) -> None:
    assert found.number == "问题〔2026〕0001号" and (found.owner_party, found.owner) == ("office", None)
    desk = desk_of(office.officer)
    assert [item.row for item in desk.later + desk.today] == [found]
    with pytest.raises(LianzhangError):
        act(office.officer, found.pk, "assign", {"unit": office.unit.organisation_id})
    for reader, sees in (
        (office.county, True),
        (office.chief, True),
        (office.unit, False),
        (office.firm, False),
    ):
        assert (one(reader, found.pk) is not None) is sees


def test_the_unit_that_solved_it_does_not_close_it(office: Office, working: Problem) -> None:
    act(office.unit, working.pk, "solve", {"text": "已引入一家"})
    for actor in (office.unit, office.head):
        with pytest.raises(LianzhangError):
            act(actor, working.pk, "close", {"text": "自己销号"})
    row = act(office.officer, working.pk, "close", {"text": "现场核实"})
    assert (
        row.state == "closed"
        and not listed(office.chief)
        and list(listed(office.chief, closed=True)) == [row]
    )


def test_a_problem_nobody_verifies_is_said_to_the_office(office: Office, found: Problem, at: Any) -> None:
    at(days=10)
    assert tick().told == 1
    assert Notice.objects.filter(kind="problem", role="chain_officer").count() == 2


def test_the_form_sent_twice_is_one_problem_and_bad_ones_come_back(office: Office) -> None:
    browser = browser_of(office.officer)
    key = str(browser.get("/problems/new/").context["form"].initial["form_key"])
    sent = {**CONTENT, "chain": "equipment", "form_key": key}
    assert browser.post("/problems/new/", sent).status_code == 302
    assert browser.post("/problems/new/", sent).status_code == 302
    assert Problem.objects.count() == 1
    for wrong in ({"sort": "none"}, {"chain": "none"}, {"title": " "}, {"text": ""}):
        assert browser.post("/problems/new/", {**sent, **wrong}).status_code == 422
    with pytest.raises(NotAllowed):
        find_problem(office.chief, CONTENT, chain_id="equipment")


def test_the_pages_lead_through_an_act_and_say_who_was_faster(office: Office, found: Problem) -> None:
    browser = browser_of(office.officer)
    assert "断点" in browser.get("/problems/?sort=gap").content.decode()
    assert "没有这样的问题" in browser.get("/problems/?sort=block").content.decode()
    address = f"/problems/{found.pk}/do/verify/"
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"text": "", "version": found.version}).status_code == 422
    assert browser.post(address, {"text": "已核实", "version": found.version}).status_code == 302
    late = browser.post(f"/problems/{found.pk}/do/dismiss/", {"reason": "不是", "version": 1})
    assert late.status_code == 422 and "核实" in late.content.decode()
    assert Problem.objects.get().state == "verified"
    assert browser_of(office.unit).get(f"/problems/{found.pk}/").status_code == 404
