"""Tables of projects: they become projects of the desk, through its own acts, and are taken back from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.imports.actions.undo import undo
from lianzhang.web.imports.models import Batch
from lianzhang.web.imports.projects import stage_of
from lianzhang.web.projects import queries as desk
from lianzhang.web.projects.actions import add_milestone
from lianzhang.web.projects.models import Project
from tests.web.imports.conftest import counts, imported, previewed, table

pytestmark = pytest.mark.django_db
HEAD = [
    "项目名称",
    "所在县区",
    "总投资（万元）",
    "已完成投资（万元）",
    "开工日期",
    "竣工日期",
    "进展",
    "建设内容",
]
ONE = ["智能农机项目", "高唐县", "12000", "3000", "2024-03-01", "2099-12-31", "主体施工", "年产5000台"]


@pytest.fixture(autouse=True)
def chains() -> None:
    load_pack("liaocheng")


def bring(officer: Actor, *lines: list[str], **named: Any) -> Batch:
    return imported(officer, table(*lines, head=HEAD), kind="projects", source="县区调度表", **named)


def test_a_row_becomes_a_project_with_stage_milestones_and_promise(officer: Actor) -> None:
    bring(officer, ONE)
    [row] = desk.visible_to(officer)
    assert (row.title, row.state, row.source) == ("智能农机项目", "building", "县区调度表")
    assert "年产5000台" in row.summary and "主体施工" in row.summary
    started, finished = row.milestones.all()
    assert (started.done, finished.done, finished.due) == (date(2024, 3, 1), None, date(2099, 12, 31))
    money = row.promises.get()
    assert (money.promised, money.actual, money.unit) == (Decimal(12000), Decimal(3000), "万元")
    assert counts(bring(officer, ONE))["unchanged"] == 1
    assert Project.objects.count() == 1


def test_changes_come_in_by_the_acts_of_the_desk_and_a_promise_stays_as_it_was_made(officer: Actor) -> None:
    bring(officer, ONE)
    later = [*ONE[:2], "15000", "5000", ONE[4], "2100-06-30", *ONE[6:]]
    assert counts(bring(officer, later))["changed"] == 1
    row = Project.objects.get()
    money, finished = row.promises.get(), row.milestones.get(name="竣工")
    assert (money.promised, money.actual) == (Decimal(12000), Decimal(5000))
    assert (finished.due, finished.first_due, finished.moved) == (date(2100, 6, 30), date(2099, 12, 31), 1)
    assert counts(bring(officer, later))["unchanged"] == 1


def test_undo_ends_what_came_and_restores_what_was_changed(officer: Actor) -> None:
    first = bring(officer, ONE)
    later = bring(officer, [*ONE[:3], "5000", ONE[4], "2100-06-30", *ONE[6:]])
    assert undo(officer, later.pk) == 1
    row = Project.objects.get()
    assert row.promises.get().actual == Decimal(3000)
    assert row.milestones.get(name="竣工").moved == 0
    assert undo(officer, first.pk) == 1
    assert Project.objects.get().state == "ended"
    assert counts(previewed(officer, table(ONE, head=HEAD), kind="projects"))["new"] == 1


def test_a_project_worked_on_since_is_named_and_nothing_is_undone(officer: Actor) -> None:
    other = ["轴承扩产项目", "临清市", "800", "", "", "", "签约", ""]
    batch = bring(officer, ONE, other)
    touched = Project.objects.get(title="轴承扩产项目")
    add_milestone(officer, touched.pk, "环评", date(2099, 1, 1))
    with pytest.raises(Conflict) as refused:
        undo(officer, batch.pk)
    assert "轴承扩产项目" in refused.value.what.zh and "智能农机" not in refused.value.what.zh
    assert set(Project.objects.values_list("state", flat=True)) == {"building", "signed"}
    assert Batch.objects.get(pk=batch.pk).state == Batch.State.DONE


def test_a_project_that_the_desk_has_is_not_registered_twice(officer: Actor) -> None:
    bring(officer, [*ONE[:2], "", "", "", "", "签约", ""])
    Project.objects.get()
    Batch.objects.all()[0].projects.all().delete()  # as if a person had registered it
    batch = bring(officer, ONE)
    assert (counts(batch)["changed"], Project.objects.count()) == (1, 1)
    # A stage is entered with evidence at the desk, not by a table.
    assert Project.objects.get().state == "signed"


def test_rows_without_a_home_are_named_errors(officer: Actor) -> None:
    head = [*HEAD, "所属产业链"]
    lines = table([*ONE, "不存在的链"], ["另一个项目", "", *ONE[2:], ""], head=head)
    batch = previewed(officer, lines, kind="projects")
    assert [fault["rule"] for fault in batch.preview["faults"]] == ["unknown_chain"]
    known = table([*ONE, "轴承"], head=head)
    imported(officer, known, kind="projects")
    assert Project.objects.get().chain_id == "bearings"


def test_a_county_registers_its_own_projects_and_asks_the_office_to_take_them_back(
    actor: Callable[..., Actor], officer: Actor
) -> None:
    county = actor(Role.county_officer, region_code="371526")
    batch = bring(county, ["智能农机项目", "", *ONE[2:]])
    assert str(Project.objects.get().lead_id) == county.organisation_id
    with pytest.raises(Conflict) as refused:
        undo(county, batch.pk)
    assert "智能农机项目" in refused.value.what.zh
    assert undo(officer, batch.pk) == 1
    assert Project.objects.get().state == "ended"


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("主体施工", "building"),
        ("尚未开工", "landed"),
        ("已开工", "started"),
        ("竣工验收", "finished"),
        ("试生产", "producing"),
        ("已签约", "signed"),
        ("按计划推进", "lead"),
        ("", "lead"),
    ],
)
def test_the_words_of_offices_for_stages_claim_no_more_than_they_say(words: str, stage: str) -> None:
    assert stage_of(words) == stage
