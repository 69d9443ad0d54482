"""What an enterprise sees: entitled, nearly, to be checked, not for it – each with clause and value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.kernel import KnownFact
from lianzhang.web.measures.known import known_facts
from lianzhang.web.measures.models import ListVersion, MeasureList
from tests.web.matches.conftest import MEASURE, Firm


@pytest.fixture
def measure(firm: Firm) -> Any:
    """A published measure for enterprises of at least twenty people."""
    measures = MeasureList.objects.create(
        code="main", kind="main", title="共性措施主清单", owner=firm.officer.holdings.get().post.organisation
    )
    version = ListVersion.objects.create(list=measures, number=1, drafted_by=firm.officer)
    row = version.measures.create(code="testing", title="检测费减免", requires=MEASURE, gives="减免30%")
    ListVersion.objects.filter(pk=version.pk).update(state="published", valid_from=date(2026, 1, 1))
    return row


def page(browser: Client, group: str) -> str:
    return browser.get(reverse("matches:mine"), {"group": group}).content.decode()


def test_what_nobody_has_stated_is_to_be_checked_and_never_refused(
    firm: Firm, measure: Any, browser: Client
) -> None:
    assert "检测费减免" in page(browser, "open")
    assert "检测费减免" not in page(browser, "not_for")


def test_a_stated_value_moves_the_measure_to_the_entitled(firm: Firm, measure: Any, browser: Client) -> None:
    firm.say("employees", "35", unit="人")
    assert "检测费减免" in page(browser, "entitled")


def test_a_near_miss_says_how_far_it_is(firm: Firm, measure: Any, browser: Client) -> None:
    firm.say("employees", "18", unit="人")
    said = page(browser, "near")
    assert "检测费减免" in said
    assert "差2人" in said


def test_each_condition_stands_with_clause_value_and_source(
    firm: Firm, measure: Any, browser: Client
) -> None:
    firm.say("employees", "35", unit="人")
    said = browser.get(reverse("matches:detail", args=[f"measure:{measure.pk}"])).content.decode()
    for word in ("第三条", "35人", "不低于20人", "2025年统计报表"):
        assert word in said


def test_an_answer_moves_the_lists_at_once_and_is_marked_as_the_enterprises_own(
    firm: Firm, measure: Any, browser: Client
) -> None:
    answer = browser.post(
        reverse("matches:ask"),
        {"fact": "employees", "value": "35", "year": str(date.today().year - 1)},
        follow=True,
    )
    assert "可享 +1" in answer.content.decode()
    known = known_facts(firm.id, on=date.today())["employees"]
    assert isinstance(known, KnownFact)
    assert known.source == "企业自报"


def test_an_answer_does_not_write_over_what_the_office_holds(
    firm: Firm, measure: Any, browser: Client
) -> None:
    firm.say("employees", "18", unit="人")
    answer = browser.post(
        reverse("matches:ask"), {"fact": "employees", "value": "35", "year": str(date.today().year - 1)}
    )
    assert answer.status_code == 400
    assert "提出更正" in answer.content.decode()


@pytest.mark.parametrize("value", ["很多", "1e400", "NaN", "12.5", "<b>3</b>"])
def test_an_answer_that_is_no_value_of_the_fact_is_said_to_be_wrong(
    firm: Firm, measure: Any, browser: Client, value: str
) -> None:
    answer = browser.post(reverse("matches:ask"), {"fact": "employees", "value": value, "year": "2025"})
    assert answer.status_code == 400
    assert "employees" not in known_facts(firm.id, on=date.today())


def test_the_first_question_is_the_one_that_settles_most(firm: Firm, measure: Any, browser: Client) -> None:
    said = browser.get(reverse("matches:ask")).content.decode()
    assert "<form" in said
    skipped = said.split('name="skip" value="')[1].split('"')[0]
    again = browser.post(reverse("matches:ask"), {"skip": skipped}, follow=True).content.decode()
    assert f'name="skip" value="{skipped}"' not in again


def test_an_enterprise_sees_only_its_own(firm: Firm, measure: Any, signed_in: Callable[..., Client]) -> None:
    other = signed_in(Role.enterprise_user)
    assert other.get(reverse("matches:study", args=[firm.id])).status_code == 403
    assert "还没有关联" in other.get(reverse("matches:mine")).content.decode()


def test_an_officer_looks_at_any_enterprise(
    firm: Firm, measure: Any, signed_in: Callable[..., Client]
) -> None:
    officer = signed_in(firm.officer)
    assert "样例轴承" in officer.get(reverse("matches:study", args=[firm.id])).content.decode()
    assert officer.get(reverse("matches:study-ladder", args=[firm.id])).status_code == 200


def test_the_ladder_names_the_next_rung_and_a_plan(firm: Firm, browser: Client) -> None:
    said = browser.get(reverse("matches:ladder")).content.decode()
    assert "下一级" in said
    assert "补短计划" in said


def test_a_visitor_tests_an_enterprise_and_nothing_is_stored(
    db: Any, client: Client, django_assert_num_queries: Any
) -> None:
    from lianzhang.web.journal.models import Event
    from lianzhang.web.registry.models import EnterpriseValue

    answer = client.post(reverse("matches:self-test"), {"employees": "35", "county": "371502"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "待核实" in said
    assert not Event.objects.exists()
    assert not EnterpriseValue.objects.exists()
    assert "sessionid" not in str(client.cookies).lower()


def test_a_visitor_who_types_nonsense_is_told_where(db: Any, client: Client) -> None:
    answer = client.post(reverse("matches:self-test"), {"employees": "许多"})
    assert answer.status_code == 400
    assert "许多" in answer.content.decode()


def test_a_measure_of_one_chain_is_for_the_enterprises_on_it(
    firm: Firm, measure: Any, browser: Client
) -> None:
    from lianzhang.web.chains.actions import load_pack

    load_pack("liaocheng")
    MeasureList.objects.filter(code="main").update(kind="chain", chain_id="bearings")
    firm.say("employees", "35", unit="人")
    assert "检测费减免" in page(browser, "open")
    firm.say("chains", text="wire-and-cable", period="")
    assert "检测费减免" in page(browser, "not_for") + page(browser, "near")
    firm.say("chains", text="bearings", period="")
    assert "检测费减免" in page(browser, "entitled") + page(browser, "open")


def test_guidance_is_a_duty_and_no_offer(firm: Firm, measure: Any, browser: Client) -> None:
    MeasureList.objects.filter(code="main").update(kind="compliance")
    for group in ("entitled", "near", "open", "not_for"):
        assert "检测费减免" not in page(browser, group)


def test_the_size_class_follows_from_staff_revenue_and_industry(firm: Firm) -> None:
    firm.say("employees", "35", unit="人")
    firm.say("revenue_ly", "2500", unit="万元")
    firm.say("industry_code", text="3451", period="")
    known = known_facts(firm.id, on=date.today())["size_class"]
    assert isinstance(known, KnownFact)
    assert known.value == "small"
    assert known.source.startswith("推得")


def test_a_self_check_reports_on_the_spot_and_keeps_nothing(firm: Firm, browser: Client) -> None:
    address = reverse("matches:self-check")
    asked = browser.get(address).content.decode()
    assert "不保存、不上报" in asked
    from lianzhang.web.journal.models import Event

    before = Event.objects.count()
    answered = browser.post(address, {"E16": "no", "E01": "yes", "E35": "none"})
    said = answered.content.decode()
    assert answered["Cache-Control"] == "no-store"
    for word in ("需要改正", "产品质量法 第27条", "停用不全的标识", "还要查清"):
        assert word in said
    assert Event.objects.count() == before
    assert "需要改正" not in browser.get(address).content.decode()
    assert browser.post(address, {"E16": "maybe"}).status_code == 400


def test_a_self_check_asks_what_may_concern_the_firm_alone(firm: Firm, browser: Client) -> None:
    address = reverse("matches:self-check")
    assert "食堂" in browser.get(address).content.decode()
    firm.say("employees", "5", unit="人")
    assert "食堂" not in browser.get(address).content.decode()
