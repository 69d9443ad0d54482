"""The exemption desk: facts in, grounds and gaps out, the officer's words and another's approval kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianzhang.casework import Role
from lianzhang.web.exemptions.actions.locked import NotNow, StudyChanged
from lianzhang.web.exemptions.actions.study import decide, open_study, put_facts, submit
from lianzhang.web.exemptions.models import Study
from lianzhang.web.journal.models import Event
from lianzhang.web.people.actions import create_organisation
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Person

CODE = "91371500MA3C5EXX5W"
#: 个人独资企业使用名称与登记不符: needs first violation, slight harm, correction in time.
ACT = "E08"
LISTED = {"minor_act": "no", "first_violation": "yes", "slight_harm": "yes", "corrected_in_time": "yes"}


@dataclass(frozen=True)
class Unit:
    officer: Person
    head: Person


@pytest.fixture
def unit(db: Any, person: Callable[..., Person]) -> Unit:
    organisation = create_organisation(name="样例市市场监督管理局", kind="department")
    return Unit(
        person(Role.department_officer, organisation=organisation, username="handler"),
        person(Role.department_officer, organisation=organisation, username="head"),
    )


@pytest.fixture
def study(unit: Unit) -> Study:
    return open_study(actor_for(unit.officer), party="样例轴承厂", credit_code=CODE, item=ACT)


def page(browser: Client, study: Study) -> str:
    return browser.get(reverse("exemptions:study", args=[study.pk])).content.decode()


def test_without_facts_the_desk_names_what_is_missing_and_decides_nothing(
    unit: Unit, study: Study, signed_in: Any
) -> None:
    said = page(signed_in(unit.officer), study)
    assert "尚缺事实" in said
    assert "还要查明" in said
    assert "没有记录不等于" in said
    assert Study.objects.get(pk=study.pk).opinion == ""


def test_established_facts_bring_the_ground_with_its_clause(unit: Unit, study: Study, signed_in: Any) -> None:
    browser = signed_in(unit.officer)
    form = LISTED | {"version": study.version}
    assert browser.post(reverse("exemptions:study", args=[study.pk]), form).status_code == 302
    said = page(browser, study)
    assert "可以不予行政处罚" in said
    assert "第33条" in said


def test_a_bottom_line_act_reads_no_listed_exemption_and_never_punish(unit: Unit, signed_in: Any) -> None:
    bottom = open_study(actor_for(unit.officer), party="样例厂", credit_code="", item="N05")
    said = page(signed_in(unit.officer), bottom)
    assert "未见清单内的免罚情形" in said
    assert "应予处罚" not in said


def test_the_opinion_is_the_officers_and_another_approves_it(unit: Unit, study: Study) -> None:
    officer, head = actor_for(unit.officer), actor_for(unit.head)
    put_facts(officer, study.pk, version=1, facts=LISTED)
    submit(officer, study.pk, version=2, opinion="责令改正，不予行政处罚，并予教育。")
    with pytest.raises(NotNow, match="自己"):
        decide(officer, study.pk, version=3, approve=True)
    done = decide(head, study.pk, version=3, approve=True)
    assert (done.state, str(done.decided_by_id), done.advice) == (
        "approved",
        str(unit.head.pk),
        "may_not_punish",
    )
    assert Event.objects.filter(verb="exemption.approve", result="done").count() == 1


def test_neither_a_deputy_nor_the_holder_of_the_post_approves_what_was_submitted_in_it(
    unit: Unit, study: Study
) -> None:
    officer, head = actor_for(unit.officer), actor_for(unit.head)
    deputy = replace(officer, for_person_id=head.person_id, for_name=head.name)
    submit(deputy, study.pk, version=1, opinion="不予行政处罚")
    for own in (head, officer, replace(head, for_person_id=officer.person_id, for_name=officer.name)):
        with pytest.raises(NotNow, match="自己"):
            decide(own, study.pk, version=2, approve=True)


def test_a_returned_opinion_comes_back_with_its_reason(unit: Unit, study: Study) -> None:
    officer, head = actor_for(unit.officer), actor_for(unit.head)
    submit(officer, study.pk, version=1, opinion="不予行政处罚")
    with pytest.raises(NotNow, match="理由"):
        decide(head, study.pk, version=2, approve=False)
    back = decide(head, study.pk, version=2, approve=False, because="首次违法未查证")
    assert (back.state, back.returned_because) == ("open", "首次违法未查证")


def test_an_approved_study_stands(unit: Unit, study: Study) -> None:
    officer, head = actor_for(unit.officer), actor_for(unit.head)
    submit(officer, study.pk, version=1, opinion="不予行政处罚")
    decide(head, study.pk, version=2, approve=True)
    with pytest.raises(NotNow):
        put_facts(officer, study.pk, version=3, facts={"minor_act": "yes"})


def test_two_officers_do_not_overwrite_each_other(unit: Unit, study: Study) -> None:
    put_facts(actor_for(unit.officer), study.pk, version=1, facts={"minor_act": "yes"})
    with pytest.raises(StudyChanged):
        put_facts(actor_for(unit.head), study.pk, version=1, facts={"minor_act": "no"})
    assert Study.objects.get(pk=study.pk).facts == {"minor_act": "yes"}


def test_earlier_studies_of_the_same_party_are_shown_whichever_unit_made_them(
    unit: Unit, study: Study, person: Callable[..., Person], signed_in: Any
) -> None:
    other = person(Role.department_officer, username="elsewhere")
    open_study(actor_for(other), party="样例轴承厂", credit_code=CODE, item=ACT)
    said = page(signed_in(unit.officer), study)
    assert "同类行为" in said


def test_another_unit_does_not_see_the_study(unit: Unit, study: Study, signed_in: Any) -> None:
    for role in (Role.department_officer, Role.chain_officer, Role.enterprise_user):
        answer = signed_in(role).get(reverse("exemptions:study", args=[study.pk]))
        assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"party": "", "item": ACT}, "错误"),
        ({"party": "样例厂", "item": "E999"}, "错误"),
        ({"party": "样例厂", "item": ACT, "credit_code": "123"}, "错误"),
    ],
)
def test_a_wrong_form_opens_no_study(unit: Unit, signed_in: Any, fields: dict[str, str], said: str) -> None:
    answer = signed_in(unit.officer).post(reverse("exemptions:new"), fields)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Study.objects.exists()


def test_a_fact_that_is_no_date_is_said_to_be_wrong(unit: Unit, study: Study, signed_in: Any) -> None:
    form = {"act_ended_on": "去年", "version": study.version}
    answer = signed_in(unit.officer).post(reverse("exemptions:study", args=[study.pk]), form)
    assert answer.status_code == 400
    assert Study.objects.get(pk=study.pk).facts == {}
