"""Projects: evidence for each stage, dates put off with a reason, lights by rule, factor needs on their clocks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.kernel import LianzhangError
from lianzhang.web.flow.actions import tick
from lianzhang.web.people.permission import Forbidden, OutsideView
from lianzhang.web.projects import queries
from lianzhang.web.projects.actions import (
    act,
    act_on_factor,
    ask_factor,
    begin_project,
    finish_milestone,
    postpone_milestone,
    promise,
    report_actual,
)
from lianzhang.web.projects.models import Factor, Project
from tests.web.cases.conftest import Office
from tests.web.cases.test_pages import browser_of

pytestmark = pytest.mark.django_db


def light(project: Project) -> str:
    return queries.row_of(Project.objects.get(pk=project.pk)).light


def test_a_stage_is_entered_with_its_evidence_and_one_at_a_time(office: Office, project: Project) -> None:
    with pytest.raises(LianzhangError):
        act(office.county, project.pk, "advance", {"text": " "})
    row = act(office.county, project.pk, "advance", {"text": "三月投资1200万元，附照片"})
    assert row.state == "building" and row.stage_since == date(2026, 3, 2)
    for actor in (office.officer, office.chief):
        with pytest.raises(LianzhangError):
            act(actor, project.pk, "advance", {"text": "代报"})


def test_a_paused_project_goes_on_where_it_stopped(office: Office, project: Project) -> None:
    act(office.county, project.pk, "pause", {"reason": "等设备"})
    row = act(office.county, project.pk, "go_on", {"text": "设备已到"})
    assert row.state == "started"


def test_the_light_follows_the_dates_and_nobody_sets_it(office: Office, project: Project, at: Any) -> None:
    assert light(project) == "green"
    at(days=55)
    assert light(project) == "yellow"
    at(days=95)
    assert light(project) == "red"
    milestone = project.milestones.get()
    with pytest.raises(LianzhangError, match="理由"):
        postpone_milestone(office.county, project.pk, milestone.pk, date(2026, 9, 30), " ")
    row = postpone_milestone(office.county, project.pk, milestone.pk, date(2026, 9, 30), "设备晚到")
    assert (row.moved, row.first_due) == (1, date(2026, 4, 30)) and light(project) == "green"
    postpone_milestone(office.county, project.pk, milestone.pk, date(2026, 10, 30), "再晚")
    assert light(project) == "yellow"
    assert not [field.name for field in Project._meta.fields if "light" in field.name]


def test_the_chief_sees_what_changed_and_why(office: Office, project: Project) -> None:
    milestone = project.milestones.get()
    postpone_milestone(office.county, project.pk, milestone.pk, date(2026, 9, 30), "设备晚到")
    page = browser_of(office.chief).get(reverse("projects:changes")).content.decode()
    assert "设备晚到" in page and "2026-04-30 → 2026-09-30" in page
    act(office.chief, project.pk, "take_to_table", {"reason": "请协商会研究"})
    assert "for_agenda" in Project.objects.get(pk=project.pk).marks


def test_a_milestone_is_finished_once_with_evidence_and_not_in_the_future(
    office: Office, project: Project
) -> None:
    milestone = project.milestones.get()
    with pytest.raises(LianzhangError):
        finish_milestone(office.county, project.pk, milestone.pk, date(2026, 3, 1), "")
    with pytest.raises(LianzhangError):
        finish_milestone(office.county, project.pk, milestone.pk, date(2026, 5, 1), "照片")
    finish_milestone(office.county, project.pk, milestone.pk, date(2026, 3, 1), "照片")
    with pytest.raises(LianzhangError, match="已完成"):
        postpone_milestone(office.county, project.pk, milestone.pk, date(2026, 9, 30), "又改")


def test_an_actual_that_nobody_reported_is_unknown_not_zero(office: Office, project: Project) -> None:
    row = promise(office.county, project.pk, "investment", Decimal("1.2"), "亿元", by=date(2026, 12, 31))
    address = reverse("projects:project", args=[project.pk])
    assert "未报" in browser_of(office.chief).get(address).content.decode()
    with pytest.raises(LianzhangError):
        report_actual(office.county, project.pk, row.pk, Decimal("0.3"), date(2026, 3, 1), " ")
    report_actual(office.county, project.pk, row.pk, Decimal("0.3"), date(2026, 3, 1), "投资台账")
    page = browser_of(office.chief).get(address).content.decode()
    assert "0.3" in page and "未报" not in page


@pytest.fixture
def factor(office: Office, project: Project) -> Factor:
    return ask_factor(
        office.county, project.pk, {"factor": "energy", "needed": "10千伏专线1条", "effect": "不能试车"}
    )


def test_a_factor_runs_on_clocks_and_is_closed_by_the_side_that_asked(
    office: Office, factor: Factor, at: Any
) -> None:
    assert factor.number == "保障〔2026〕0001号" and factor.due is not None
    with pytest.raises(LianzhangError, match="提出单位自己"):
        act_on_factor(office.officer, factor.pk, "assign", {"unit": office.county.organisation_id})
    act_on_factor(office.officer, factor.pk, "assign", {"unit": office.unit.organisation_id})
    act_on_factor(office.unit, factor.pk, "sign", {})
    act_on_factor(
        office.unit,
        factor.pk,
        "promise",
        {"amount": "1条", "date": date(2026, 3, 20), "text": "列入三月施工"},
    )
    act_on_factor(office.unit, factor.pk, "deliver", {"text": "已通电"})
    for actor in (office.unit, office.officer):
        with pytest.raises(LianzhangError):
            act_on_factor(actor, factor.pk, "confirm", {})
    row = act_on_factor(office.county, factor.pk, "confirm", {})
    assert row.state == "closed" and "by_firm" in row.marks


def test_a_factor_that_nobody_answers_climbs_to_the_table(office: Office, factor: Factor, at: Any) -> None:
    at(days=40)
    tick()
    row = Factor.objects.get(pk=factor.pk)
    assert row.colour == "red" and "for_agenda" in row.marks


def test_other_counties_neither_see_nor_touch_it(
    office: Office, project: Project, actor: Any, signed_in: Any
) -> None:
    stranger = actor(Role.county_officer, region_code="371526")
    assert queries.one(stranger, project.pk) is None
    with pytest.raises((Forbidden, OutsideView)):
        act(stranger, project.pk, "update", {"text": "外县"})
    with pytest.raises((Forbidden, OutsideView)):
        begin_project(stranger, {"title": "越界"}, chain_id="equipment", lead=office.organisation("county"))
    assert browser_of(office.firm).get(reverse("projects:project", args=[project.pk])).status_code == 403


@pytest.mark.parametrize("address", ["?nots=started", "?nots=nonsense", "?quality=yes", "?page=99"])
def test_the_lists_show_what_they_name(office: Office, project: Project, address: str, at: Any) -> None:
    at(days=95)
    page = browser_of(office.officer).get(reverse("projects:list") + address)
    assert page.status_code == 200
    assert ("电动挖掘机项目" in page.content.decode()) == ("quality" not in address)


def test_bad_forms_come_back_with_what_was_typed(office: Office, project: Project) -> None:
    browser = browser_of(office.county)
    milestone = project.milestones.get()
    address = reverse("projects:change", args=[project.pk, "postpone", milestone.pk])
    response = browser.post(address, {"due": "2026-04-30", "reason": "没变"})
    assert response.status_code == 422 and "没变" in response.content.decode()
    assert browser.get(reverse("projects:change", args=[project.pk, "nonsense", 1])).status_code == 404
    assert (
        browser.post(
            reverse("projects:change", args=[project.pk, "postpone", 9999]),
            {"due": "2026-08-01", "reason": "x"},
        ).status_code
        == 404
    )
