"""The bimonthly consultation: compiled agenda, written answers, decisions with owner and date, open lists first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from lianzhang.casework import CalendarUnknown
from lianzhang.kernel import LianzhangError
from lianzhang.web.cases.actions import act as act_on_request
from lianzhang.web.cases.actions import file_for
from lianzhang.web.cases.models import Request
from lianzhang.web.chains.models import Chain
from lianzhang.web.flow.actions import tick
from lianzhang.web.flow.models import Told
from lianzhang.web.meetings import queries
from lianzhang.web.meetings.actions import (
    act,
    act_on_resolution,
    add_item,
    answer_item,
    compile_meeting,
    decide_item,
    drop_item,
    leave_undecided,
    move_item,
)
from lianzhang.web.meetings.models import Meeting, Resolution
from lianzhang.web.people.permission import Forbidden, OutsideView
from tests.web.cases.conftest import Office
from tests.web.cases.test_pages import browser_of

pytestmark = pytest.mark.django_db


def decide(office: Office, meeting: Meeting, item: Any, **changed: Any) -> Resolution:
    given = {
        "text": "本月内会同海关定归类",
        "lead": office.organisation("unit"),
        "day": date(2026, 4, 30),
        **changed,
    }
    return decide_item(office.officer, meeting.pk, item.pk, **given)


def test_the_agenda_holds_what_was_marked_what_is_late_and_what_crosses_units(
    office: Office, marked: Request, at: Any
) -> None:
    firm = office.organisation("firm")
    late = file_for(office.officer, firm, {"topic": "land", "title": "早已逾期", "text": "一"})
    across = file_for(office.officer, firm, {"topic": "law", "title": "跨部门", "text": "二"})
    at(days=20)
    fresh = file_for(office.officer, firm, {"topic": "talent", "title": "刚提的", "text": "三"})
    act_on_request(
        office.officer,
        across.pk,
        "assign",
        {"unit": office.unit.organisation_id, "matter": "several", "reason": "两家"},
    )
    meeting = compile_meeting(
        office.officer, Chain.objects.get(pk="equipment"), day=date(2026, 4, 15), title="四月"
    )
    items = list(meeting.items.order_by("position").values_list("source_id", flat=True))
    assert items[0] == marked.pk and late.pk in items and across.pk in items and fresh.pk not in items
    assert all(item.brief and item.why for item in meeting.items.all())


def test_the_order_changes_one_step_at_a_time_and_nothing_is_lost(office: Office, meeting: Meeting) -> None:
    second = add_item(office.officer, meeting.pk, "下次主题")
    first = meeting.items.order_by("position").first()
    move_item(office.officer, meeting.pk, second.pk, up=True)
    move_item(office.officer, meeting.pk, second.pk, up=True)
    assert [item.pk for item in queries.agenda(office.officer, meeting)] == [second.pk, first.pk]
    drop_item(office.officer, meeting.pk, first.pk, dropped=True)
    drop_item(office.officer, meeting.pk, first.pk, dropped=False)
    assert not meeting.items.filter(dropped=True).exists() and meeting.items.count() == 2


def test_a_unit_answers_in_writing_before_the_day_and_only_what_it_was_asked(
    office: Office, meeting: Meeting, item: Any
) -> None:
    with pytest.raises(LianzhangError, match="书面答复的时候"):
        answer_item(office.unit, meeting.pk, item.pk, "太早")
    act(office.officer, meeting.pk, "send_papers", {})
    answer_item(office.unit, meeting.pk, item.pk, "建议按8482归类")
    item.refresh_from_db()
    assert item.answer == "建议按8482归类" and str(item.answered_by_id) == office.unit.person_id
    with pytest.raises((Forbidden, OutsideView)):
        answer_item(office.other, meeting.pk, item.pk, "别人的")
    assert queries.one(office.other, meeting.pk) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"lead": None}, "主办单位"),
        ({"day": None}, "时限"),
        ({"text": " "}, "内容"),
        ({"day": date(2026, 1, 5)}, "时限已过"),
    ],
)
def test_a_decision_without_owner_date_or_text_is_not_kept(
    office: Office, agreed: Meeting, item: Any, changed: Any, said: str
) -> None:
    with pytest.raises(LianzhangError, match=said):
        decide(office, agreed, item, **changed)
    assert not Resolution.objects.exists()


def test_a_date_in_an_unknown_year_is_not_promised(office: Office, agreed: Meeting, item: Any) -> None:
    with pytest.raises(CalendarUnknown):
        decide(office, agreed, item, day=date(2027, 2, 1))


def test_minutes_are_signed_only_when_every_item_was_decided(
    office: Office, agreed: Meeting, item: Any
) -> None:
    other = meeting_item(office, agreed)
    act(office.officer, agreed.pk, "hold", {})
    with pytest.raises(LianzhangError, match="2项议题没有决定"):
        act(office.chief, agreed.pk, "sign", {"undecided": 0})
    decide(office, agreed, item)
    leave_undecided(office.officer, agreed.pk, other.pk, "材料不足，下次再议")
    row = act(office.chief, agreed.pk, "sign", {})
    assert row.state == "signed"


def meeting_item(office: Office, meeting: Meeting) -> Any:
    from lianzhang.web.meetings.models import AgendaItem

    return AgendaItem.objects.create(meeting=meeting, position=9, title="手工议题")


@pytest.fixture
def signed(office: Office, agreed: Meeting, item: Any) -> Resolution:
    row = decide(office, agreed, item)
    act(office.officer, agreed.pk, "hold", {})
    act(office.chief, agreed.pk, "sign", {})
    row.refresh_from_db()
    return row


def test_signing_makes_tasks_and_sends_the_request_on_its_way(
    office: Office, signed: Resolution, marked: Request
) -> None:
    assert signed.state == "working" and signed.number == "决定〔2026〕0001号"
    assert signed.owner_id == office.organisation("unit").pk
    marked.refresh_from_db()
    assert marked.state == "working" and "for_agenda" not in marked.marks


def test_the_unit_that_owes_it_cannot_close_it(office: Office, signed: Resolution) -> None:
    act_on_resolution(office.unit, signed.pk, "finish", {"text": "已定归类"})
    for actor in (office.unit, office.head):
        with pytest.raises(LianzhangError):
            act_on_resolution(actor, signed.pk, "verify", {"text": "自己核"})
    row = act_on_resolution(office.officer, signed.pk, "verify", {"text": "已看放行单"})
    assert row.state == "verified"


def test_reminders_come_three_days_before_on_the_day_and_three_and_seven_after(
    office: Office, signed: Resolution, at: Any
) -> None:
    for day in range(40, 80):
        at(days=day)
        tick()
        at(days=day, hours=9)
        tick()
    came = {told.rung: told.came.astimezone().date() for told in Told.objects.filter(row__subject=signed.pk)}
    assert came == {
        "near": date(2026, 4, 27), "due": date(2026, 4, 30), "office": date(2026, 5, 8), "chief": date(2026, 5, 13),
    }  # fmt: skip
    assert Told.objects.filter(row__subject=signed.pk).count() == 4


def test_the_next_meeting_begins_with_the_open_list(office: Office, signed: Resolution) -> None:
    following = compile_meeting(
        office.officer, Chain.objects.get(pk="equipment"), day=date(2026, 6, 15), title="六月"
    )
    first = following.items.order_by("position").first()
    assert first is not None and (first.source, first.source_id) == ("resolution", signed.pk)


def test_a_day_that_is_past_free_or_unknown_is_refused(office: Office) -> None:
    chain = Chain.objects.get(pk="equipment")
    for day in (date(2026, 2, 2), date(2026, 10, 1), date(2027, 3, 1)):
        with pytest.raises(LianzhangError):
            compile_meeting(office.officer, chain, day=day, title="不行")
    assert not Meeting.objects.exists()


def test_only_the_office_prepares_and_only_the_chief_signs(office: Office, agreed: Meeting) -> None:
    with pytest.raises((Forbidden, OutsideView)):
        compile_meeting(office.unit, Chain.objects.get(pk="equipment"), day=date(2026, 4, 15), title="部门")
    act(office.officer, agreed.pk, "hold", {})
    with pytest.raises(LianzhangError):
        act(office.officer, agreed.pk, "sign", {})


def test_pages_show_each_reader_their_part(
    office: Office, signed: Resolution, django_assert_max_num_queries: Any
) -> None:
    meeting = signed.item.meeting
    address = reverse("meetings:meeting", args=[meeting.pk])
    assert "已落实" not in browser_of(office.unit).get(address).content.decode()
    assert browser_of(office.other).get(address).status_code == 404
    assert browser_of(office.firm).get(address).status_code == 403
    minutes = browser_of(office.chief).get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
    assert "本月内会同海关定归类" in minutes and "【缺决定】" not in minutes
    officer = browser_of(office.officer)
    with django_assert_max_num_queries(12):
        assert "本月内会同海关" in officer.get(reverse("meetings:ledger")).content.decode()
