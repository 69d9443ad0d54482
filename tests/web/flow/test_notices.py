"""Notices reach whoever holds the post now; time acts once however often and however late it is asked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianzhang.casework import Role
from lianzhang.web.cases.actions import act
from lianzhang.web.cases.models import Request
from lianzhang.web.desk.queries import desk_of
from lianzhang.web.flow import queries
from lianzhang.web.flow.actions import read_all, tick
from lianzhang.web.flow.models import Notice, Told
from lianzhang.web.people.models import Holding
from tests.web.cases.conftest import Office, assigned, at, filed, office, working
from tests.web.cases.test_pages import browser_of

__all__ = ["assigned", "at", "filed", "office", "working"]
pytestmark = pytest.mark.django_db


def test_a_reminder_for_somebody_who_left_goes_to_the_whole_unit(
    office: Office, working: Request, at: Any
) -> None:
    Holding.objects.filter(person_id=office.unit.person_id).delete()
    at(days=4, hours=1)
    tick()
    reminder = Notice.objects.get(colour="blue", subject=working.pk)
    assert reminder.person_id is None and str(reminder.organisation_id) == office.unit.organisation_id
    assert reminder in queries.notices(office.head)


def test_ticking_again_or_after_a_long_stop_tells_nothing_twice(
    office: Office, working: Request, at: Any
) -> None:
    at(days=60)
    first = tick()
    assert first.told > 5
    assert tick().told == 0
    at(days=61)
    assert tick().told == 0
    assert Told.objects.count() == first.told


def test_reading_marks_for_one_person_only(office: Office, assigned: Request) -> None:
    assert queries.unread(office.unit).count() == queries.unread(office.head).count() >= 1
    assert read_all(office.unit) >= 1 and read_all(office.unit) == 0
    assert queries.unread(office.head).exists()


def test_notices_of_other_units_and_chains_stay_theirs(office: Office, assigned: Request, actor: Any) -> None:
    assert not queries.notices(office.other).exists()
    assert not queries.notices(actor(Role.chain_officer, chains=("other",))).exists()
    assert queries.notices(office.officer).exists()


def test_the_chiefs_desk_shows_what_is_overdue(office: Office, working: Request, at: Any) -> None:
    assert desk_of(office.chief).is_empty
    at(days=20)
    assert [item.row.pk for item in desk_of(office.chief).late] == [working.pk]


def test_what_time_does_by_itself_is_told_to_the_office_too(
    office: Office, working: Request, at: Any
) -> None:
    planned = {"result": "planned", "text": "列入明年", "date": date(2026, 3, 16)}
    act(office.unit, working.pk, "answer", planned)
    act(office.head, working.pk, "check", {})
    act(office.firm, working.pk, "confirm", {})
    before = Notice.objects.filter(role=Role.chain_officer).count()
    at(days=15)
    assert tick().moved == 1
    said = Notice.objects.filter(role=Role.chain_officer).order_by("-pk")
    assert said.count() > before and any("计划日期已过" in one.said["zh"] for one in said)


def test_a_clock_that_jumps_forth_and_back_tells_and_moves_nothing_twice(
    office: Office, working: Request, at: Any
) -> None:
    at(days=40)
    tick()
    told, row = Told.objects.count(), Request.objects.get(pk=working.pk)
    assert told
    for days in (1, 39, 41):
        at(days=days)
        assert tick().told == 0
    after = Request.objects.get(pk=working.pk)
    assert Told.objects.count() == told and (after.version, after.promise) == (row.version, row.promise)


def test_who_lost_the_post_between_page_and_press_changes_nothing(
    office: Office, assigned: Request, at: Any
) -> None:
    browser = browser_of(office.unit)
    address = f"/requests/{assigned.pk}/do/sign/"
    assert browser.get(f"/requests/{assigned.pk}/").status_code == 200
    over = date(2026, 3, 1)
    Holding.objects.filter(pk=office.unit.holding_id).update(starts=over, ends=over)
    assert browser.post(address, {"version": assigned.version}).status_code == 403
    assert Request.objects.get(pk=assigned.pk).state == "assigned"
    # The unit's other officer goes on.
    assert browser_of(office.head).post(address, {"version": assigned.version}).status_code == 302
