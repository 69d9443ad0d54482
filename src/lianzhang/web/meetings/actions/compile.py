"""Call a consultation together: its agenda is compiled from what cannot be settled elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.cases import queries as cases
from lianzhang.web.flow import rules
from lianzhang.web.flow.actions import start
from lianzhang.web.flow.queries import model_of, reach
from lianzhang.web.meetings.models import AgendaItem, Meeting
from lianzhang.web.meetings.queries import last_list
from lianzhang.web.people.permission import require_for

#: More than a table can deal with in one sitting.
MOST_ITEMS = 12

_LAST = Text("上次会议的决定尚未销号", "a decision of the last meeting is still open")
_TWICE = Text("企业两次不认可", "the firm refused twice")
_MARKED = Text("已提请协商", "brought to the table")
_LATE = Text("已逾期", "overdue")
_ACROSS = Text("涉及多个部门", "several departments")
_OVERDUE_FACTOR = Text("要素保障逾期或提请协商", "a factor guarantee overdue or brought to the table")
_SLIPPED = Text("项目提请协商", "a project brought to the table")


def compile_meeting(
    actor: Actor, chain: Any, *, day: date, title: str, place: str = "", chair: str = "", sample: bool = False
) -> Meeting:
    """A new consultation with its agenda: the last list first, then what is gravest.

    Raises LianzhangError for a day that is past, no working day or beyond the known calendar.
    """
    require_for(actor, "meeting.prepare", Subject("meeting", chain=_in_charge(actor, chain)))
    _refuse_bad_day(day)
    with transaction.atomic():
        meeting = Meeting(
            state="planning", title=title, planned=day, place=place, chair=chair, chain=chain,
            sample=sample,
        )  # fmt: skip
        start(actor, meeting)
        items = list(_last(actor, meeting)) + list(_requests(actor, meeting)) + list(_others(actor, meeting))
        for position, item in enumerate(items[:MOST_ITEMS], start=1):
            item.position = position
        AgendaItem.objects.bulk_create(items[:MOST_ITEMS])
    return meeting


def _in_charge(actor: Actor, chain: Any) -> str:
    return str(chain.pk if chain.pk in actor.chains else chain.parent_id or chain.pk)


def _refuse_bad_day(day: date) -> None:
    calendar = rules.calendar()
    if day < clock.today():
        raise LianzhangError(
            Text("会议日期已过。", "The day has passed."), Text("请填今天或以后。", "Give a later day.")
        )
    if not calendar.is_working_day(day):
        raise LianzhangError(
            Text(f"{day:%Y-%m-%d}不是工作日。", f"{day:%Y-%m-%d} is no working day."),
            Text("请换一天。", "Choose another day."),
        )


def _last(actor: Actor, meeting: Meeting) -> Iterator[AgendaItem]:
    for row in last_list(actor, meeting.chain_id):
        yield AgendaItem(
            meeting=meeting, source="resolution", source_id=row.pk, title=row.title, asked_id=row.lead_id,
            brief=f"{row.text}\n主办：{row.lead}。期限：{row.planned:%Y-%m-%d}。", why=_said(_LAST),
        )  # fmt: skip


def _requests(actor: Actor, meeting: Meeting) -> Iterator[AgendaItem]:
    weighed = []
    for row in cases.for_agenda(actor).filter(chain_id=meeting.chain_id):
        why = _why(row)
        weighed.append((_WEIGHT.index(why), row.promise or clock.now(), row, why))
    for _, _, row, why in sorted(weighed, key=lambda one: one[:2]):
        due = f"{row.promise.astimezone(clock.CHINA):%Y-%m-%d}" if row.promise else "未定"
        yield AgendaItem(
            meeting=meeting, source="request", source_id=row.pk, title=row.title, asked_id=row.lead_id,
            brief=f"{row.text}\n企业：{row.firm_name}。主办：{row.lead or '未交办'}。期限：{due}。", why=_said(why),
        )  # fmt: skip


_WEIGHT = [_TWICE, _MARKED, _LATE, _ACROSS]


def _why(row: Any) -> Text:
    if row.counts.get("refused", 0) >= 2:
        return _TWICE
    if "for_agenda" in row.marks or row.state == "consultation":
        return _MARKED
    return _LATE if row.promise is not None and row.promise < clock.now() else _ACROSS


def _others(actor: Actor, meeting: Meeting) -> Iterator[AgendaItem]:
    for kind, why in (("factor", _OVERDUE_FACTOR), ("project", _SLIPPED)):
        model = model_of(kind)
        if model is None:
            continue
        rows = model._default_manager.filter(reach(actor, kind), chain_id=meeting.chain_id)
        for row in rows.filter(marks__icontains="for_agenda").select_related("lead"):
            yield AgendaItem(
                meeting=meeting, source=kind, source_id=row.pk, title=row.title, asked_id=row.lead_id,
                brief=f"主办：{row.lead or '未定'}。", why=_said(why),
            )  # fmt: skip


def _said(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
