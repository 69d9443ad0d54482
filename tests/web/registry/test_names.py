"""Names of an enterprise: entered with their days, changed, corrected and taken back; the old ones still lead to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.journal.models import Event
from lianzhang.web.registry.actions import enter, replace_record, withdraw_batch
from lianzhang.web.registry.entries import Entries, NameEntry
from lianzhang.web.registry.frames import names_frame
from lianzhang.web.registry.models import Enterprise, EnterpriseName
from lianzhang.web.registry.resolving import enterprise_of
from lianzhang.web.registry.resting import StillNeeded
from tests.web.registry.conftest import LINQING, make_enterprise, source, text_of
from tests.web.registry.test_records import send

pytestmark = pytest.mark.django_db
OLD, NEW = "聊城油泵油嘴有限公司", "聊城鑫亚工业股份有限公司"


@pytest.fixture
def firm(officer: Actor) -> Enterprise:
    return make_enterprise(officer, OLD)


def standing() -> dict[str, tuple[Any, ...]]:
    """Each name that counts, with its kind and days."""
    rows = EnterpriseName.objects.filter(superseded=None, recording__withdrawn_at=None)
    return {name: said for name, *said in rows.values_list("name", "kind", "starts", "ends")}


def renamed(office: Client, firm: Enterprise, **said: Any) -> Enterprise:
    send(office, firm, "names", **{"name": NEW, "kind": "registered", "starts": "2012-06-01"} | said)
    firm.refresh_from_db()
    return firm


def test_an_enterprise_that_changes_its_name_keeps_the_old_one_until_the_day_before(
    office: Client, officer: Actor, firm: Enterprise
) -> None:
    assert renamed(office, firm).name == NEW
    assert standing() == {
        NEW: ["registered", date(2012, 6, 1), None],
        OLD: ["former", None, date(2012, 5, 31)],
    }
    page = text_of(office.get(f"/enterprises/{firm.pk}/"))
    assert f'<h1 lang="zh-Hans">{NEW}</h1>' in page and OLD in page and "曾用名" in page
    assert {enterprise_of(name) for name in (OLD, NEW)} == {firm.pk}
    assert names_frame()[1].rows() == [(firm.pk, OLD, "former")]
    assert "lcybyzyxgs" in firm.search and "lcxygygfyxgs" in firm.search
    another = make_enterprise(officer, OLD, county=LINQING)
    assert enterprise_of(OLD) is None
    assert enterprise_of(OLD, published="2010-05-01") is None, (
        "nobody knows since when the other one bears it"
    )
    row = EnterpriseName.objects.get(enterprise=another)
    send(office, another, f"names/{row.pk}", name=OLD, kind="registered", starts="2015-03-01")
    assert enterprise_of(OLD, published="2010-05-01") == firm.pk
    assert enterprise_of(OLD, published="2020-05-01") == another.pk


def test_the_record_of_an_earlier_day_says_what_the_firm_was_called_then(
    office: Client, officer: Actor, firm: Enterprise
) -> None:
    renamed(office, firm, starts="2025-09-01")
    address = f"/enterprises/{firm.pk}/"
    assert f'当时的名称：<span lang="zh-Hans">{OLD}</span>' in text_of(
        office.get(address, {"on": "2025-08-31"})
    )
    for on in ("2025-09-01", ""):
        assert "当时的名称" not in text_of(office.get(address, {"on": on}))


def test_a_change_of_name_that_was_a_mistake_is_taken_back_whole(office: Client, firm: Enterprise) -> None:
    before = standing()
    renamed(office, firm)
    row = EnterpriseName.objects.get(name=NEW)
    send(office, firm, f"names/{row.pk}", take_back="yes", because="看错企业")
    firm.refresh_from_db()
    assert (standing(), firm.name) == (before, OLD)
    assert enterprise_of(NEW) is None and NEW not in text_of(office.get(f"/enterprises/{firm.pk}/"))
    assert "看错企业" in Event.objects.filter(verb="enterprise.replace").latest("seq").after


def test_a_slip_in_the_registered_name_is_corrected_and_the_slip_leads_nowhere(
    office: Client, firm: Enterprise
) -> None:
    row = EnterpriseName.objects.get()
    send(office, firm, f"names/{row.pk}", name="聊城油泵油嘴制造有限公司", kind="registered")
    firm.refresh_from_db()
    assert firm.name == "聊城油泵油嘴制造有限公司" and list(standing()) == [firm.name]
    send(office, firm, "names", name="油泵厂", kind="short")
    assert enterprise_of("油泵厂") == firm.pk
    short = EnterpriseName.objects.get(name="油泵厂")
    send(office, firm, f"names/{short.pk}", take_back="yes", because="没有这个叫法")
    assert list(standing()) == [firm.name]


def test_no_enterprise_is_left_without_a_name(office: Client, officer: Actor, firm: Enterprise) -> None:
    row = EnterpriseName.objects.get()
    answer = send(office, firm, f"names/{row.pk}", status=400, take_back="yes", because="x")
    assert "企业不能没有现在的名称" in answer.content.decode()
    answer = send(office, firm, f"names/{row.pk}", status=400, name=OLD, kind="former")
    assert standing() == {OLD: ["registered", None, None]}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"starts": ""}, "改名请填从哪天起用新名称"),
        ({"starts": "2199-01-01"}, "日期不能在今天之后"),
        ({"ends": "2020-01-01"}, "已经停用的"),
        ({"kind": "former", "ends": "2010-01-01"}, "不能早于起用"),
        ({"kind": "nickname"}, "nickname"),
        ({"name": OLD}, "已经登记过"),
        ({"name": "​"}, "名称"),
        ({"name": "长" * 201}, "200"),
        ({"starts": "去年"}, "日期"),
    ],
)
def test_what_no_name_can_be_is_said_beside_the_field(
    office: Client, firm: Enterprise, said: dict[str, str], refusal: str
) -> None:
    given = {"name": NEW, "kind": "registered", "starts": "2012-06-01"} | said
    answer = send(office, firm, "names", status=422, **given)
    assert refusal in answer.content.decode().split('class="errors"')[1]
    assert list(standing()) == [OLD]


def test_who_was_overtaken_keeps_the_name_that_was_typed(office: Client, firm: Enterprise) -> None:
    form = {"name": NEW, "kind": "short", "source": "走访", "as_of": "2026-01-05", "version": 0}
    page = text_of(office.post(f"/enterprises/{firm.pk}/records/names/", form), status=409)
    assert NEW in page and "别人改过这家企业" in page and list(standing()) == [OLD]


def test_a_county_changes_names_of_its_own_firms_alone(
    signed_in: Callable[..., Client], firm: Enterprise
) -> None:
    elsewhere = signed_in(Role.county_officer, region_code=LINQING)
    assert elsewhere.get(f"/enterprises/{firm.pk}/records/names/").status_code == 404
    here = signed_in(Role.county_officer, region_code="371526")
    assert renamed(here, firm).name == NEW
    assert signed_in(Role.department_officer).get(f"/enterprises/{firm.pk}/records/names/").status_code == 403


def test_an_import_is_not_undone_from_under_a_correction_of_its_names(office: Client, officer: Actor) -> None:
    first, second = uuid4(), uuid4()
    firm = make_enterprise(officer, OLD, from_source=source(batch=first))
    entry = NameEntry(enterprise=firm.pk, name="油泵厂", kind="short")
    enter(officer, Entries(names=[entry]), source=source(batch=second))
    row = EnterpriseName.objects.get(name="油泵厂")
    firm.refresh_from_db()
    better = NameEntry(enterprise=firm.pk, name="油嘴厂", kind="short")
    replace_record(officer, firm.pk, "names", row.pk, better, source=source("来函"), version=firm.version)
    for batch in (first, second):
        with pytest.raises(StillNeeded):
            withdraw_batch(officer, batch)
    assert set(standing()) == {OLD, "油嘴厂"}
