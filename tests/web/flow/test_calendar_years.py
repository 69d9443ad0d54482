"""A year without a holiday notice: dates are not guessed, and follow by themselves once it is entered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.kernel import LianzhangError, clock
from lianzhang.web.cases.actions import file_for
from lianzhang.web.cases.models import Request
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.flow.actions import enter_year, tick
from lianzhang.web.people.actions import create_organisation
from lianzhang.web.people.permission import Forbidden

pytestmark = pytest.mark.django_db
DECEMBER = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)


@pytest.fixture
def late_request(actor: Any) -> Request:
    load_pack("liaocheng")
    firm = create_organisation(
        name="年末机械", kind="enterprise", region_code="371521", chains=("equipment",)
    )
    with clock.fixed(DECEMBER):
        return file_for(
            actor(Role.chain_officer), firm, {"topic": "land", "title": "年末", "text": "年末提的"}
        )


def test_a_request_at_the_end_of_the_known_calendar_has_no_promise_yet(late_request: Request) -> None:
    assert late_request.promise is None
    assert late_request.due is not None


def test_entering_the_year_fills_the_dates_in(late_request: Request, actor: Any) -> None:
    administrator = actor(Role.system_admin)
    with clock.fixed(DECEMBER):
        enter_year(administrator, 2027, off=[date(2027, 1, 1)], on=[date(2027, 1, 3)], source="样例通知")
    late_request.refresh_from_db()
    assert late_request.promise is not None and late_request.promise.date() == date(2027, 1, 4)
    with clock.fixed(DECEMBER):
        enter_year(administrator, 2027, off=[date(2027, 1, 1)], on=[], source="更正")
    late_request.refresh_from_db()
    assert late_request.promise is not None and late_request.promise.date() == date(2027, 1, 5)


def test_time_does_nothing_foolish_in_an_unknown_year(late_request: Request) -> None:
    with clock.fixed(datetime(2027, 2, 1, 2, 0, tzinfo=UTC)):
        done = tick()
    assert done.moved == 0 and done.dated == 0


def test_only_the_system_administrator_enters_a_year(actor: Any) -> None:
    with pytest.raises(Forbidden):
        enter_year(actor(Role.chain_officer), 2027, off=[date(2027, 1, 1)], on=[], source="x")
    with pytest.raises(LianzhangError):
        enter_year(actor(Role.system_admin), 2027, off=[date(2027, 1, 2)], on=[], source="周六")


def test_the_page_takes_lists_as_people_type_them(signed_in: Any) -> None:
    browser = signed_in(Role.system_admin)
    address = reverse("desk:calendar")
    wrong = browser.post(address, {"year": 2027, "off": "1-1 13-45", "on": "", "source": "通知"})
    assert wrong.status_code == 422 and "13-45" in wrong.content.decode()
    assert (
        browser.post(
            address, {"year": 2027, "off": "1月1日，2-8", "on": "2027-02-06", "source": "通知"}
        ).status_code
        == 302
    )
    assert "02-06" in browser.get(address).content.decode()
    assert signed_in(Role.enterprise_user).get(address).status_code == 200
