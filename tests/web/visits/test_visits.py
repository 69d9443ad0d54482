"""Visits: no two units at one door unawares, and every finding a request."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from lianzhang.kernel import LianzhangError
from lianzhang.web.cases.models import Request
from lianzhang.web.people.permission import Forbidden, OutsideView
from lianzhang.web.visits.actions import act, follow_arrival, plan_visit, record_visit
from lianzhang.web.visits.models import Visit
from lianzhang.web.visits.queries import listed
from tests.web.cases.conftest import Office, at, office
from tests.web.cases.test_pages import browser_of

__all__ = ["at", "office"]
pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)


@pytest.fixture
def visit(office: Office) -> Visit:
    return plan_visit(office.unit, office.organisation("firm"), DAY, purpose="问计量需求")


def test_a_second_unit_within_thirty_days_is_warned_and_may_insist(office: Office, visit: Visit) -> None:
    firm = office.organisation("firm")
    with pytest.raises(LianzhangError, match="测试自然资源局"):
        plan_visit(office.other, firm, date(2026, 4, 8), purpose="问用工")
    plan_visit(office.other, firm, date(2026, 4, 20), purpose="问用工")
    assert plan_visit(office.other, firm, date(2026, 3, 12), purpose="急事", despite=True).state == "planned"


def test_every_finding_becomes_a_request_of_the_visiting_unit(office: Office, visit: Visit) -> None:
    findings = [{"title": "压力表到期", "topic": "quality"}, {"title": "缺两名焊工", "topic": "talent"}]
    row = record_visit(office.unit, visit.pk, "现场看了两条线", findings=findings)
    assert row.state == "recorded"
    requests = Request.objects.filter(channel="visit")
    assert requests.count() == 2 and {r.owner_id for r in requests} == {office.organisation("unit").pk}
    again = record_visit(office.unit, visit.pk, "现场看了两条线", findings=findings, version=1)
    assert again.state == "recorded" and Request.objects.filter(channel="visit").count() == 2


def test_a_broken_finding_keeps_nothing(office: Office, visit: Visit) -> None:
    with pytest.raises(KeyError):
        record_visit(
            office.unit, visit.pk, "看了", findings=[{"title": "好的", "topic": "law"}, {"title": "缺类别"}]
        )
    assert Visit.objects.get(pk=visit.pk).state == "planned" and not Request.objects.exists()


def test_a_new_arrival_is_followed_after_one_three_six_and_twelve_months(office: Office) -> None:
    firm = office.organisation("firm")
    visits = follow_arrival(office.county, firm, date(2026, 2, 28))
    assert [(v.month, v.planned) for v in visits] == [
        (1, date(2026, 3, 28)), (3, date(2026, 5, 28)), (6, date(2026, 8, 28)), (12, date(2027, 2, 28)),
    ]  # fmt: skip
    with pytest.raises(LianzhangError):
        follow_arrival(office.county, firm, date(2026, 2, 28))
    row = record_visit(office.county, visits[0].pk, "执照、税务已办", checked=["licence", "tax"])
    assert row.checked == ["licence", "tax"]


def test_only_the_unit_that_goes_records_it(office: Office, visit: Visit) -> None:
    for actor in (office.other, office.officer):
        with pytest.raises((Forbidden, OutsideView, LianzhangError)):
            record_visit(actor, visit.pk, "代记")
    with pytest.raises((Forbidden, OutsideView)):
        plan_visit(office.firm, office.organisation("firm"), DAY, purpose="自己走访自己")
    act(office.unit, visit.pk, "cancel", {"reason": "企业停产检修"})
    assert Visit.objects.get(pk=visit.pk).state == "cancelled"


def test_the_pages_warn_and_record(office: Office, visit: Visit) -> None:
    browser = browser_of(office.other)
    form = {"firm": "测试机械有限公司", "sort": "service", "day": "2026-03-15", "purpose": "问用工"}
    warned = browser.post(reverse("visits:new"), form)
    assert warned.status_code == 422 and "测试自然资源局" in warned.content.decode()
    assert browser.post(reverse("visits:new"), {**form, "despite": "on"}).status_code == 302
    mine = browser_of(office.unit)
    response = mine.post(
        reverse("visits:do", args=[visit.pk, "record"]),
        {"text": "看了", "title_1": "压力表到期", "topic_1": "quality"},
    )
    assert response.status_code == 302
    page = mine.get(reverse("visits:visit", args=[visit.pk])).content.decode()
    assert "压力表到期" in page and "诉求〔2026〕0001号" in page
    assert browser.post(reverse("visits:new"), {**form, "firm": "没有这家公司"}).status_code == 422


def test_what_is_ahead_stands_first_in_the_order_of_days(office: Office, visit: Visit) -> None:
    done = plan_visit(office.unit, office.organisation("firm"), DAY, purpose="二", despite=True)
    record_visit(office.unit, done.pk, "看了")
    sooner = plan_visit(
        office.unit, office.organisation("firm"), date(2026, 3, 4), purpose="三", despite=True
    )
    assert [row.pk for row in listed(office.unit)] == [sooner.pk, visit.pk, done.pk]
