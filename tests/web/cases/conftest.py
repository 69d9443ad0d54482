"""A small city for tests of requests: the pack's chains, one person of each part, a way through the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from lianzhang.casework import Actor, Role
from lianzhang.kernel import clock
from lianzhang.kernel.clock import CHINA
from lianzhang.web.cases.actions import act, begin_draft, save_draft, submit_draft
from lianzhang.web.cases.models import Request
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.people.actions import create_organisation
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Organisation
from tests.web.conftest import make_person

#: A Monday morning in a year whose calendar is known.
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)


@dataclass
class Office:
    """Who has a part in a request."""

    firm: Actor
    officer: Actor
    unit: Actor
    head: Actor
    other: Actor
    county: Actor
    chief: Actor

    def organisation(self, name: str) -> Organisation:
        return Organisation.objects.get(pk=getattr(self, name).organisation_id)


@pytest.fixture
def at() -> Iterator[Callable[..., None]]:
    """`at(days=3)` moves the time on from the Monday morning on which every test begins."""
    held = [clock.fixed(MORNING)]
    held[0].__enter__()

    def move(**ahead: float) -> None:
        held.append(clock.fixed(MORNING + timedelta(**ahead)))
        held[-1].__enter__()

    yield move
    for one in reversed(held):
        one.__exit__(None, None, None)


@pytest.fixture
def office(db: Any, at: Any) -> Office:
    load_pack("liaocheng")
    bureau = create_organisation(name="测试自然资源局", kind="department", chains=("equipment",))
    firm = create_organisation(
        name="测试机械有限公司", kind="enterprise", region_code="371521", chains=("equipment",)
    )
    return Office(
        firm=actor_for(make_person(Role.enterprise_user, organisation=firm)),
        officer=actor_for(make_person(Role.chain_officer)),
        unit=actor_for(make_person(Role.department_officer, organisation=bureau)),
        head=actor_for(make_person(Role.department_officer, organisation=bureau, username="head")),
        other=actor_for(make_person(Role.department_officer)),
        county=actor_for(make_person(Role.county_officer, region_code="371521")),
        chief=actor_for(make_person(Role.chief)),
    )


@pytest.fixture
def filed(office: Office) -> Request:
    """A request that the firm has just sent."""
    row = begin_draft(office.firm, {"topic": "land", "title": "厂房扩建缺用地指标"})
    save_draft(office.firm, row.pk, {"text": "二期厂房已备案，缺30亩指标，问过县里没有答复。"})
    save_draft(office.firm, row.pk, {"contact_name": "王工", "phone": "13800001234"})
    return submit_draft(office.firm, row.pk, version=None)


@pytest.fixture
def assigned(office: Office, filed: Request) -> Request:
    return act(office.officer, filed.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})


@pytest.fixture
def working(office: Office, assigned: Request) -> Request:
    return act(office.unit, assigned.pk, "sign", {})


@pytest.fixture
def to_confirm(office: Office, working: Request) -> Request:
    act(office.unit, working.pk, "answer", {"result": "solved", "text": "指标已下达，文号见附件。"})
    return act(office.head, working.pk, "check", {})
