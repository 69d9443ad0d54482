"""Lists of measures from the first draft to the day on which a newer version takes over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from lianzhang.casework.measure_list import StepRefused
from lianzhang.kernel import clock
from lianzhang.web.journal.models import Event
from lianzhang.web.measures import queries
from lianzhang.web.measures.actions.draft import new_version, put_measure, remove_measure
from lianzhang.web.measures.actions.take_step import take_step
from lianzhang.web.measures.actions.try_out import acknowledge, try_out
from lianzhang.web.measures.models import ListVersion, Measure
from lianzhang.web.measures.refusals import FaultyMeasure, ListChanged, NoDraft
from lianzhang.web.people.permission import Forbidden
from tests.web.measures.conftest import Bureau, measure_of, published


def again(version: ListVersion) -> ListVersion:
    return ListVersion.objects.get(pk=version.pk)


def test_a_draft_goes_through_both_reviews_to_its_publication(bureau: Bureau, draft: ListVersion) -> None:
    version = published(bureau, draft, starts=date(2026, 1, 1))
    assert version.state == "published"
    assert [opinion.kind for opinion in version.opinions.all()] == ["legal", "fair_competition", "approval"]
    acts = Event.objects.filter(subject=f"list:{bureau.list.pk}").values_list("verb", flat=True)
    assert "measure.publish" in acts


def test_without_the_opinion_on_fair_competition_nothing_is_approved(
    bureau: Bureau, draft: ListVersion
) -> None:
    ListVersion.objects.filter(pk=draft.pk).update(state="approving")
    with pytest.raises(StepRefused, match="公平竞争审查意见"):
        take_step(bureau.actor("chief"), draft.pk, "approve", revision=draft.revision, text="同意")
    assert again(draft).state == "approving"


def test_an_opinion_counts_for_the_text_it_was_given_on(bureau: Bureau, draft: ListVersion) -> None:
    version = published(bureau, draft, starts=date(2026, 1, 1))
    second = new_version(bureau.actor("drafter"), bureau.list.pk, copy_of=version.pk)
    ListVersion.objects.filter(pk=second.pk).update(state="legal_review")
    take_step(bureau.actor("officer"), second.pk, "legal_agree", revision=1, text="同意")
    take_step(bureau.actor("reviewer"), second.pk, "fair_return", revision=2, text="请删去注册地要求")
    measure = second.measures.get()
    put_measure(bureau.actor("drafter"), second.pk, revision=3, measure_id=measure.pk, gives="减免20%")
    ListVersion.objects.filter(pk=second.pk).update(state="approving")
    with pytest.raises(StepRefused, match="法制审核意见"):
        take_step(bureau.actor("chief"), second.pk, "approve", revision=4, text="同意")


def test_the_text_stands_once_it_is_sent_to_review(bureau: Bureau, draft: ListVersion) -> None:
    version = published(bureau, draft, starts=date(2026, 1, 1))
    measure = version.measures.get()
    with pytest.raises(NoDraft):
        put_measure(
            bureau.actor("drafter"), version.pk, revision=version.revision, measure_id=measure.pk, title="改"
        )
    for change in (
        lambda: Measure.objects.filter(pk=measure.pk).update(title="改"),
        lambda: Measure.objects.filter(pk=measure.pk).delete(),
        lambda: Measure.objects.create(version=version, code="more", title="多"),
    ):
        with pytest.raises(DatabaseError, match="stands"), transaction.atomic():
            change()


def test_the_text_valid_on_a_day_is_found_again(bureau: Bureau, draft: ListVersion) -> None:
    first = published(bureau, draft, starts=date(2026, 1, 1))
    copy = new_version(bureau.actor("drafter"), bureau.list.pk, copy_of=first.pk, note="提高比例")
    second = published(bureau, copy, starts=date(2026, 7, 1))
    actor = bureau.actor("chief")
    assert queries.valid_on(actor, bureau.list, date(2025, 12, 31)) is None
    assert queries.valid_on(actor, bureau.list, date(2026, 6, 30)) == first
    assert queries.valid_on(actor, bureau.list, date(2026, 7, 1)) == second
    assert again(first).state == "replaced"
    assert again(first).valid_to == date(2026, 6, 30)


def test_a_suspended_list_is_not_valid_while_it_is_suspended(bureau: Bureau, draft: ListVersion) -> None:
    first = clock.now()
    with clock.fixed(first):
        version = published(bureau, draft, starts=date(2026, 1, 1))
        take_step(bureau.actor("drafter"), version.pk, "suspend", revision=version.revision, text="等待意见")
    with clock.fixed(first + timedelta(days=9)):
        take_step(
            bureau.actor("drafter"), version.pk, "resume", revision=again(version).revision, text="恢复"
        )
    actor, today = bureau.actor("chief"), clock.today()
    on = {n: queries.valid_on(actor, bureau.list, today + timedelta(days=n)) for n in (0, 8, 9)}
    assert on == {0: None, 8: None, 9: version}


def test_two_officers_cannot_overwrite_each_other(bureau: Bureau, draft: ListVersion) -> None:
    put_measure(bureau.actor("drafter"), draft.pk, revision=draft.revision, **measure_of(code="other"))
    with pytest.raises(ListChanged):
        put_measure(bureau.actor("reviewer"), draft.pk, revision=draft.revision, **measure_of(code="third"))
    assert {row.code for row in draft.measures.all()} == {"testing", "other"}


def test_another_organisation_does_not_draft_the_list(bureau: Bureau, draft: ListVersion) -> None:
    with pytest.raises(Forbidden):
        remove_measure(bureau.actor("officer"), draft.pk, draft.measures.get().pk, revision=draft.revision)


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        ("all:\n  - {fact: employes, at_least: 20, unit: 人}\n", "employes"),
        ("all:\n  - {fact: employees, at_least: 很多, unit: 人}\n", "很多"),
        (
            "all:\n  - {fact: employees, at_least: 20, unit: 人}\n  - {fact: employees, less_than: 10, unit: 人}\n",
            "从业人员",
        ),
        ("a: &x [1]\nb: *x\n", "锚点"),
    ],
)
def test_faulty_conditions_are_refused_and_nothing_is_saved(
    bureau: Bureau, draft: ListVersion, conditions: str, said: str
) -> None:
    with pytest.raises(FaultyMeasure) as caught:
        put_measure(
            bureau.actor("drafter"), draft.pk, revision=draft.revision,
            **measure_of(code="faulty", requires=conditions),
        )  # fmt: skip
    assert said in caught.value.say("zh")
    assert not draft.measures.filter(code="faulty").exists()
    assert again(draft).revision == draft.revision


def test_only_one_version_is_in_preparation(bureau: Bureau, draft: ListVersion) -> None:
    with pytest.raises(NoDraft):
        new_version(bureau.actor("drafter"), bureau.list.pk)


def test_an_enterprise_sees_what_is_published_and_no_draft(
    bureau: Bureau, draft: ListVersion, signed_in: Any
) -> None:
    from lianzhang.casework import Role

    browser: Client = signed_in(Role.enterprise_user)
    page = reverse("measures:list", args=["main"])
    assert browser.get(page).status_code == 404
    published(bureau, draft, starts=date(2026, 1, 1))
    assert "检验检测设备开放共享" in browser.get(page).content.decode()
    assert browser.get(reverse("measures:version", args=[draft.pk])).status_code == 403


def test_the_trial_says_whom_a_rule_reaches_and_flags_one_that_meets_nobody(
    bureau: Bureau, draft: ListVersion
) -> None:
    trial = try_out(bureau.actor("drafter"), draft.pk, revision=draft.revision)
    assert trial["text_revision"] == again(draft).text_revision
    assert [row["code"] for row in trial["measures"]] == ["testing"]


def test_a_drafter_writes_a_measure_with_three_conditions_in_the_browser(
    bureau: Bureau, draft: ListVersion, signed_in: Any
) -> None:
    browser: Client = signed_in(bureau.drafter)
    page = reverse("measures:new-measure", args=[draft.pk])
    form = {
        "code": "loan", "position": 2, "title": "知识产权质押融资", "joint": "all", "status": "draft",
        "revision": draft.revision,
        "fact_0": "employees", "relation_0": "at_least", "value_0": "20", "clause_0": "第一条",
        "fact_1": "revenue_ly", "relation_1": "more_than", "value_1": "2000",
        "fact_2": "county", "relation_2": "one_of", "value_2": "371502，371521",
    }  # fmt: skip
    answer = browser.post(page, form)
    assert answer.status_code == 302, answer.content.decode()
    shown = browser.get(answer["Location"]).content.decode()
    assert "知识产权质押融资" in shown
    assert "东昌府区" in shown
    measure = draft.measures.get(code="loan")
    again_shown = browser.get(reverse("measures:measure", args=[draft.pk, measure.pk])).content.decode()
    assert "371502，371521" in again_shown


def test_the_comparison_names_what_changed(bureau: Bureau, draft: ListVersion, signed_in: Any) -> None:
    first = published(bureau, draft, starts=date(2026, 1, 1))
    second = new_version(bureau.actor("drafter"), bureau.list.pk, copy_of=first.pk)
    put_measure(
        bureau.actor("drafter"), second.pk, revision=1, measure_id=second.measures.get().pk, gives="减免50%"
    )
    page = signed_in(bureau.chief).get(reverse("measures:compared", args=[second.pk])).content.decode()
    assert "检测费减免30%" in page
    assert "减免50%" in page
    assert "给什么" in page


def test_a_department_begins_a_list_in_the_browser(bureau: Bureau, signed_in: Any) -> None:
    browser: Client = signed_in(bureau.drafter)
    form = {"kind": "policy", "title": "政策集成清单", "code": "policy-2026", "from_pack": "on"}
    answer = browser.post(reverse("measures:new-list"), form)
    assert answer.status_code == 302
    made = ListVersion.objects.get(list__code="policy-2026")
    assert made.list.owner == bureau.organisation
    again_answer = browser.post(reverse("measures:new-list"), form)
    assert again_answer.status_code == 400
    assert "已用在另一份清单" in again_answer.content.decode()


def test_a_list_of_a_chain_names_its_chain(bureau: Bureau, signed_in: Any) -> None:
    form = {"kind": "chain", "title": "轴承链清单", "code": "bearings"}
    answer = signed_in(bureau.drafter).post(reverse("measures:new-list"), form)
    assert answer.status_code == 400
    assert "须选一条产业链" in answer.content.decode()


def test_a_deputys_draft_is_not_reviewed_by_the_one_for_whom_it_was_drafted(bureau: Bureau) -> None:
    drafter, holder = bureau.actor("drafter"), bureau.actor("officer")
    deputy = replace(drafter, for_person_id=holder.person_id, for_name=holder.name)
    version = new_version(deputy, bureau.list.pk)
    put_measure(deputy, version.pk, revision=version.revision, **measure_of(is_support=False))
    try_out(deputy, version.pk, revision=again(version).revision)
    acknowledge(deputy, version.pk, revision=again(version).revision, because="样例企业少")
    sent = take_step(deputy, version.pk, "send", revision=again(version).revision)
    with pytest.raises(StepRefused, match="自己"):
        take_step(holder, version.pk, "legal_agree", revision=sent.revision, text="同意")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-02-30", "不是一天"),
        ("<b>", "&lt;b&gt;”不是一天"),
        ("0000-00-00", "不是一天"),
        ("9" * 30, "20"),
    ],
)
def test_a_day_that_cannot_be_shown_is_refused_beside_the_field_and_todays_text_stays(
    bureau: Bureau, draft: ListVersion, client: Client, on: str, said: str
) -> None:
    published(bureau, draft, starts=date(2026, 1, 1))
    answer = client.get(reverse("measures:list", args=[bureau.list.code]), {"on": on})
    page = answer.content.decode()
    assert answer.status_code == 400 and draft.measures.get().title in page
    field = page.split('class="field field--wrong"')[1].split("</form>")[0]
    assert said in field and 'id="id_on"' in field and 'href="#id_on"' in page
    assert "看不了这一天，下面是今天有效的文本" in page


@pytest.mark.parametrize(
    ("on", "shown"),
    [("2026年1月2日", True), ("２０２６/１/２", True), ("2025-12-31", False), ("2199-01-01", True)],
)
def test_a_day_of_a_list_is_understood_in_the_shapes_that_people_write_and_may_be_to_come(
    bureau: Bureau, draft: ListVersion, client: Client, on: str, shown: bool
) -> None:
    published(bureau, draft, starts=date(2026, 1, 1))
    answer = client.get(reverse("measures:list", args=[bureau.list.code]), {"on": on})
    assert answer.status_code == 200
    assert ("这一天没有有效的版本" in answer.content.decode()) != shown
