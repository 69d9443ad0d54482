"""Ten and seven by county: words in every cell, evidence behind them, unknown is not “not done”."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client

from lianzhang.casework import Role
from lianzhang.web.ledgers.actions.report_ten import report_ten
from lianzhang.web.matrix.queries import matrix_of
from lianzhang.web.projects.actions import ask_factor
from tests.web.cases.conftest import Office, at, office
from tests.web.cases.test_pages import browser_of
from tests.web.projects.conftest import project

__all__ = ["at", "office", "project"]
pytestmark = pytest.mark.django_db

LAND = {"factor": "land", "needed": "30亩", "needed_by": date(2026, 6, 1), "effect": "二期不能开工"}


def row(matrix: Any, name: str) -> Any:
    return next(one for one in matrix.measures if one.id == name)


def cell(matrix: Any, name: str, county: str) -> Any:
    return next(cell for where, cell in row(matrix, name).cells if where.pk == county)


def test_what_nobody_reported_is_unknown_and_what_is_done_has_its_evidence(office: Office) -> None:
    before = matrix_of(office.officer, "equipment")
    assert before is not None and len(before.ten) == 10 and len(before.seven) == 7 and before.quoted == 9
    assert cell(before, "plan", "371521").word.zh == "未填" and row(before, "plan").found == 0
    report_ten(office.county, "equipment", "371521", "plan", state="done", evidence="阳政办〔2026〕3号")
    report_ten(office.officer, "equipment", "371526", "plan", state="not_applicable", evidence="")
    after = matrix_of(office.officer, "equipment")
    assert after is not None
    found = cell(after, "plan", "371521")
    assert (found.tone, found.word.zh, found.evidence) == ("good", "已完成", "阳政办〔2026〕3号")
    assert row(after, "plan").found == 1 and row(after, "plan").announced == len(after.counties) - 1


def test_guarantees_are_counted_from_the_cases_and_late_ones_are_red(
    office: Office, project: Any, at: Any
) -> None:
    ask_factor(office.county, project.pk, LAND)
    open_one = matrix_of(office.chief, "equipment")
    assert open_one is not None
    assert cell(open_one, "land", "371521").tone == "warning" and row(open_one, "land").announced == 1
    assert cell(open_one, "talent", "371521").word.zh == "无"
    at(days=60)
    # Counts are the same for every reader: what one may not open is still there.
    late, elsewhere = (matrix_of(one, "equipment") for one in (office.chief, office.other))
    assert late is not None and elsewhere is not None
    assert cell(elsewhere, "land", "371521") == cell(late, "land", "371521")
    found = cell(late, "land", "371521")
    assert found.tone == "danger" and "逾期1" in found.word.zh and found.behind == "factor=land&county=371521"


def test_the_page_opens_what_stands_behind_and_exports_the_same(
    office: Office, project: Any, django_assert_max_num_queries: Any
) -> None:
    ask_factor(office.county, project.pk, LAND)
    report_ten(office.county, "equipment", "371521", "plan", state="done", evidence="=cmd|'x'!A1")
    browser = browser_of(office.officer)
    assert browser.get("/matrix/").status_code in (200, 302)
    with django_assert_max_num_queries(26):
        page = browser.get("/matrix/equipment/").content.decode()
    assert "factor=land&amp;county=371521" in page and "推断" in page
    behind = browser.get("/projects/factors/?factor=land&county=371521").content.decode()
    assert "30亩" in behind or "land" in behind
    assert "还没有要素需求" in browser.get("/projects/factors/?factor=talent&county=<x>").content.decode()
    sheet = openpyxl.load_workbook(io.BytesIO(browser.get("/matrix/equipment/table.xlsx").content)).active
    assert sheet is not None
    cells = [str(value) for line in sheet.iter_rows(values_only=True) for value in line if value is not None]
    assert "已完成（=cmd|'x'!A1）" in cells and cells.count("有出处") == 9
    assert all(one.data_type != "f" for line in sheet.iter_rows() for one in line)


def test_a_chain_that_is_none_of_ones_business_is_not_found(office: Office, signed_in: Any) -> None:
    stranger: Client = signed_in(Role.chain_officer, chains=("food",))
    assert stranger.get("/matrix/equipment/").status_code == 404
    assert browser_of(office.officer).get("/matrix/none/").status_code == 404
