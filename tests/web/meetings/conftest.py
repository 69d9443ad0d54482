"""The office of the tests of requests, with things that belong on the table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianzhang.web.cases.actions import act
from lianzhang.web.cases.models import Request
from lianzhang.web.chains.models import Chain
from lianzhang.web.meetings.actions import act as act_on_meeting
from lianzhang.web.meetings.actions import compile_meeting
from lianzhang.web.meetings.models import Meeting
from tests.web.cases.conftest import Office, assigned, at, filed, office, to_confirm, working

__all__ = ["assigned", "at", "filed", "office", "to_confirm", "working"]


@pytest.fixture
def marked(office: Office, working: Request) -> Request:
    """A request that its unit brought to the table."""
    return act(office.unit, working.pk, "take_to_table", {"reason": "两个部门意见不一"})


@pytest.fixture
def meeting(office: Office, marked: Request) -> Meeting:
    chain = Chain.objects.get(pk="equipment")
    return compile_meeting(office.officer, chain, day=date(2026, 4, 15), title="四月双月协商", place="市政协")


@pytest.fixture
def agreed(office: Office, meeting: Meeting) -> Meeting:
    act_on_meeting(office.officer, meeting.pk, "send_papers", {})
    return act_on_meeting(office.chief, meeting.pk, "agree", {})


@pytest.fixture
def item(meeting: Meeting) -> Any:
    return meeting.items.get()
