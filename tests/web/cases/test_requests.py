"""A request from the firm's phone to its confirmation, through the actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.http import Http404

from lianzhang.kernel import Conflict, LianzhangError
from lianzhang.kernel.clock import CHINA
from lianzhang.web.cases.actions import act, begin_draft, file_for, submit_draft
from lianzhang.web.cases.figures import figures
from lianzhang.web.cases.models import Request
from lianzhang.web.flow.actions import tick
from lianzhang.web.flow.models import ClockRow, Notice, Step
from lianzhang.web.journal.models import Event
from lianzhang.web.journal.queries import verification
from tests.web.cases.conftest import Office

pytestmark = pytest.mark.django_db


def china(month: int, day: int, hour: int = 17, minute: int = 30) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


def test_a_sent_request_has_two_numbers_and_a_promised_day(filed: Request) -> None:
    assert filed.number == "诉求〔2026〕0001号"
    assert filed.public_number and filed.public_number.count("-") == 2
    assert filed.due == china(3, 3)
    assert filed.promise == china(3, 9)
    assert (filed.owner_party, filed.owner) == ("office", None)


def test_the_whole_way_is_in_the_log_and_the_journal(office: Office, to_confirm: Request) -> None:
    row = act(office.firm, to_confirm.pk, "confirm", {"rating": 5, "text": "谢谢"})
    assert row.state == "rated" and row.rating == 5
    actions = list(Step.objects.filter(subject=row.pk).values_list("action", flat=True))
    assert actions == ["file", "submit", "assign", "sign", "answer", "check", "confirm", "rate"]
    verbs = list(
        Event.objects.filter(subject=f"request:{row.pk}").order_by("seq").values_list("verb", flat=True)
    )
    assert verbs == [f"request.{action}" for action in actions]
    assert verification().whole
    assert ClockRow.objects.get(subject=row.pk, name="handle").stopped == row.created


def test_transfer_objection_and_return_never_give_the_unit_new_time(
    office: Office, assigned: Request, at: Any
) -> None:
    first = assigned.promise
    at(hours=2)
    act(office.unit, assigned.pk, "object", {"reason": "不属本单位职责"})
    row = act(
        office.officer, assigned.pk, "rule", {"unit": office.other.organisation_id, "reason": "职责在贵单位"}
    )
    assert row.promise == first and row.lead_id == office.organisation("other").pk
    with pytest.raises(LianzhangError, match="裁定"):
        act(office.other, row.pk, "object", {"reason": "也不是我们"})
    row = act(office.officer, row.pk, "transfer", {"unit": office.unit.organisation_id, "reason": "重新核定"})
    assert row.promise == first


def test_asking_the_firm_stops_the_clock_for_whole_days_only(
    office: Office, working: Request, at: Any
) -> None:
    at(days=1)
    row = act(office.unit, working.pk, "ask_firm", {"text": "请补备案证明"})
    assert row.promise is None and row.owner_party == "firm"
    at(days=3, hours=1)
    row = act(office.firm, working.pk, "supply", {"text": "已补"})
    # Tuesday's part of a day counts, Wednesday is excused, Thursday counts again.
    assert row.promise == china(3, 10)


def test_the_answerer_cannot_check_and_nobody_but_the_firm_confirms(office: Office, working: Request) -> None:
    act(office.unit, working.pk, "answer", {"result": "explained", "text": "按规划不能调整"})
    with pytest.raises(LianzhangError, match="审核人不能是答复人"):
        act(office.unit, working.pk, "check", {})
    row = act(office.head, working.pk, "check", {})
    for actor in (office.unit, office.head, office.officer, office.chief):
        with pytest.raises(LianzhangError):
            act(actor, row.pk, "confirm", {})
    assert Request.objects.get(pk=row.pk).state == "to_confirm"


def test_a_lawful_refusal_needs_its_basis_and_a_plan_its_date(office: Office, working: Request) -> None:
    with pytest.raises(LianzhangError, match="依据"):
        act(office.unit, working.pk, "answer", {"result": "refused", "text": "不能办"})
    with pytest.raises(LianzhangError, match="计划日期"):
        act(office.unit, working.pk, "answer", {"result": "planned", "text": "列入明年"})
    assert Request.objects.get(pk=working.pk).state == "working"


def test_five_silent_working_days_close_it_and_the_log_says_so(
    office: Office, to_confirm: Request, at: Any
) -> None:
    at(days=7, hours=8)
    assert tick().moved == 0
    at(days=7, hours=9)
    assert tick().moved == 1
    row = Request.objects.get(pk=to_confirm.pk)
    assert row.state == "closed" and "by_silence" in row.marks
    step = Step.objects.filter(subject=row.pk).last()
    assert step is not None and step.action == "silence" and step.person is None
    # A late tick counts from the end of the term, not from itself.
    assert step.at == china(3, 9, 17, 30).replace(second=1)
    assert tick().moved == 0


def test_two_refusals_of_the_firm_bring_it_to_the_table(office: Office, to_confirm: Request) -> None:
    row = act(office.firm, to_confirm.pk, "refuse", {"reason": "指标没到"})
    assert row.state == "working" and row.promise == china(3, 9)
    act(office.unit, row.pk, "answer", {"result": "solved", "text": "再次下达"})
    act(office.head, row.pk, "check", {})
    row = act(office.firm, row.pk, "refuse", {"reason": "还是没到"})
    assert row.state == "consultation" and "for_agenda" in row.marks
    assert Notice.objects.filter(role="chief").exists()


def test_a_low_rating_opens_a_call_back(office: Office, to_confirm: Request) -> None:
    row = act(office.firm, to_confirm.pk, "confirm", {"rating": 2})
    assert row.state == "rated" and row.due == china(3, 3)
    row = act(office.officer, row.pk, "call_back", {"text": "已电话回访，问题是进度慢"})
    assert row.due is None
    with pytest.raises(LianzhangError):
        act(office.officer, row.pk, "call_back", {"text": "再来一次"})


def test_a_withdrawal_is_checked_with_the_firm(office: Office, working: Request) -> None:
    row = act(office.firm, working.pk, "withdraw", {"reason": "单位让撤的"})
    assert row.state == "withdrawal_check" and row.owner is None
    row = act(office.officer, row.pk, "undo_withdrawal", {"text": "电话核实，企业仍需要"})
    assert row.state == "working" and "pressed" in row.marks
    with pytest.raises(LianzhangError):
        act(office.unit, row.pk, "withdraw", {"reason": "不想办了"})


def test_thirty_days_after_closing_the_firm_files_anew(office: Office, to_confirm: Request, at: Any) -> None:
    act(office.firm, to_confirm.pk, "confirm", {})
    at(days=30)
    row = act(office.firm, to_confirm.pk, "reopen", {"reason": "问题又出现"})
    assert row.state == "working" and row.counts["reopened"] == 1
    act(office.unit, row.pk, "answer", {"result": "solved", "text": "再办"})
    act(office.head, row.pk, "check", {})
    act(office.firm, row.pk, "confirm", {})
    at(days=62)
    with pytest.raises(LianzhangError, match="30天"):
        act(office.firm, row.pk, "reopen", {"reason": "太晚"})


def test_the_same_button_pressed_twice_acts_once(office: Office, filed: Request) -> None:
    given = {"unit": office.unit.organisation_id, "matter": "single"}
    first = act(office.officer, filed.pk, "assign", given, version=filed.version)
    again = act(office.officer, filed.pk, "assign", given, version=filed.version)
    assert again.version == first.version
    assert Step.objects.filter(subject=filed.pk, action="assign").count() == 1


def test_of_two_officers_the_second_is_told_who_was_faster(
    office: Office, filed: Request, person: Any
) -> None:
    from lianzhang.casework import Role
    from lianzhang.web.people.identity import actor_for

    colleague = actor_for(person(Role.chain_officer))
    act(
        office.officer,
        filed.pk,
        "assign",
        {"unit": office.unit.organisation_id, "matter": "single"},
        version=filed.version,
    )
    with pytest.raises(Conflict, match="交办"):
        act(
            colleague,
            filed.pk,
            "decline",
            {"ground": "elsewhere", "reason": "不在本市"},
            version=filed.version,
        )


def test_an_officer_files_for_a_firm_and_stays_responsible_until_it_is_assigned(office: Office) -> None:
    content = {"topic": "permit", "title": "环评审批慢", "text": "报上去三个月了", "channel": "phone"}
    row = file_for(office.county, office.organisation("firm"), content)
    assert row.owner_id == office.organisation("county").pk and row.channel == "phone"
    act(office.county, row.pk, "hand_on", {"reason": "需市级部门办理"})
    row = act(office.officer, row.pk, "assign", {"unit": office.unit.organisation_id, "matter": "single"})
    assert row.owner_id == office.organisation("unit").pk and "first_contact" not in row.marks


def test_calling_a_simple_matter_hard_needs_a_reason(office: Office, filed: Request) -> None:
    with pytest.raises(LianzhangError, match="理由"):
        act(office.officer, filed.pk, "assign", {"unit": office.unit.organisation_id, "matter": "hard"})
    row = act(
        office.officer,
        filed.pk,
        "assign",
        {"unit": office.unit.organisation_id, "matter": "policy", "reason": "涉及用地政策"},
    )
    assert row.promise == china(3, 30)


def test_merging_points_to_the_main_request(office: Office, filed: Request) -> None:
    other = file_for(
        office.officer, office.organisation("firm"), {"topic": "land", "title": "用地指标", "text": "同一件"}
    )
    row = act(office.officer, other.pk, "merge", {"main": filed.number, "reason": "同一事项"})
    assert row.state == "merged" and row.main_id == filed.pk
    with pytest.raises(LianzhangError):
        act(office.officer, filed.pk, "merge", {"main": filed.number, "reason": "自己"})


def test_an_unfinished_draft_is_not_sent(office: Office) -> None:
    row = begin_draft(office.firm, {"topic": "land", "title": "只写了标题"})
    with pytest.raises(LianzhangError, match="具体情况"):
        submit_draft(office.firm, row.pk, version=None)
    assert Request.objects.get(pk=row.pk).number is None


def test_another_firm_does_not_know_of_it(office: Office, filed: Request, actor: Any) -> None:
    from lianzhang.casework import Role
    from lianzhang.web.people.permission import OutsideView

    stranger = actor(Role.enterprise_user)
    with pytest.raises((OutsideView, Http404)):
        act(stranger, filed.pk, "withdraw", {"reason": "捣乱"})


def test_every_share_has_its_base(office: Office, to_confirm: Request, at: Any) -> None:
    act(office.firm, to_confirm.pk, "confirm", {"rating": 4})
    late = file_for(
        office.officer, office.organisation("firm"), {"topic": "law", "title": "迟", "text": "迟"}
    )
    at(days=20)
    found = {share.name: (share.part, share.base) for share in figures(office.officer)}
    assert found["on_time"] == (1, 2)
    assert found["solved_all"] == (1, 1) and found["satisfied"] == (1, 1)
    assert found["withdrawn"] == (0, 2)
    assert late.state == "submitted"


def test_reminders_climb_the_ladder_once_each(office: Office, working: Request, at: Any) -> None:
    told = []
    for day in range(40):
        for hour in (0, 9):
            at(days=day, hours=hour)
            told.append(tick().told)
    assert sum(told) == len(set(told_rungs(working)))
    handled = [rung for name, rung in told_rungs(working) if name == "handle"]
    assert handled == ["near", "late", "office", "chief", "consultation", "general_chief"]
    row = Request.objects.get(pk=working.pk)
    assert row.colour == "red" and "for_agenda" in row.marks


def told_rungs(row: Request) -> list[tuple[str, str]]:
    from lianzhang.web.flow.models import Told

    return list(Told.objects.filter(row__subject=row.pk).order_by("came").values_list("row__name", "rung"))
