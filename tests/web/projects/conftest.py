"""The office of the tests of requests, with one project of the county."""

from __future__ import annotations

from datetime import date

import pytest

from lianzhang.web.projects.actions import add_milestone, begin_project
from lianzhang.web.projects.models import Project
from tests.web.cases.conftest import Office, at, office

__all__ = ["at", "office"]


@pytest.fixture
def project(office: Office) -> Project:
    content = {
        "title": "电动挖掘机项目",
        "place": "样例园区",
        "source": "样例",
        "stage_since": date(2026, 2, 1),
    }
    row = begin_project(
        office.county, content, chain_id="equipment", lead=office.organisation("county"), state="started"
    )
    add_milestone(office.county, row.pk, "主体封顶", date(2026, 4, 30))
    return row
