"""Order the agenda, add to it, take off it, answer it in writing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.flow.actions.perform import locked
from lianzhang.web.flow.queries import subject_of
from lianzhang.web.journal.actions.record import record
from lianzhang.web.meetings.models import AgendaItem, Meeting
from lianzhang.web.people.permission import require_for

_BEFORE = ("planning", "called")


def move_item(actor: Actor, meeting_id: UUID, item_id: int, *, up: bool) -> None:
    """Change places with the neighbour above or below; at the end nothing happens."""
    with transaction.atomic():
        meeting, items = _open(actor, meeting_id)
        at = _index(items, item_id)
        to = at - 1 if up else at + 1
        if 0 <= to < len(items):
            items[at], items[to] = items[to], items[at]
            for position, item in enumerate(items, start=1):
                item.position = position
            AgendaItem.objects.bulk_update(items, ["position"])
            record(
                actor, "meeting.order", f"meeting:{meeting.pk}", after={"items": [item.pk for item in items]}
            )


def drop_item(actor: Actor, meeting_id: UUID, item_id: int, *, dropped: bool) -> None:
    """Take an item off, or put it back at the end."""
    with transaction.atomic():
        meeting, items = _open(actor, meeting_id, kept=False)
        item = items[_index(items, item_id)]
        item.dropped = dropped
        item.position = 1 + max((one.position for one in items), default=0)
        item.save(update_fields=["dropped", "position"])
        verb = "meeting.drop_item" if dropped else "meeting.restore_item"
        record(actor, verb, f"meeting:{meeting.pk}", after={"item": item.pk, "title": item.title})


def add_item(actor: Actor, meeting_id: UUID, title: str, *, brief: str = "", asked: Any = None) -> AgendaItem:
    """Add what nobody filed."""
    if not title.strip():
        raise LianzhangError(Text("请写下议题。", "Name the item."))
    with transaction.atomic():
        meeting, items = _open(actor, meeting_id, kept=False)
        item = AgendaItem.objects.create(
            meeting=meeting,
            position=1 + max((one.position for one in items), default=0),
            title=title.strip()[:160],
            brief=brief,
            asked=asked,
            why={"zh": "手工添加", "en": "added by hand"},
        )
        record(
            actor, "meeting.add_item", f"meeting:{meeting.pk}", after={"item": item.pk, "title": item.title}
        )
    return item


def answer_item(actor: Actor, meeting_id: UUID, item_id: int, text: str) -> None:
    """The asked unit's written answer, up to the meeting; a later one replaces it, both are in the journal."""
    if not text.strip():
        raise LianzhangError(Text("请写下书面答复。", "Write the answer."))
    with transaction.atomic():
        meeting = locked(Meeting, meeting_id)
        item = meeting.items.select_for_update().filter(pk=item_id, dropped=False).first()
        if item is None:
            raise Http404
        require_for(actor, "meeting.answer", Subject("meeting", id=meeting.pk, organisation_id=item.asked_id))
        if meeting.state not in ("papers", "agreed"):
            raise LianzhangError(
                Text("现在不是书面答复的时候。", "This is not the time for written answers."),
                Text(
                    "议程发出后、会议召开前可以答复。",
                    "Answer between the sending of the agenda and the meeting.",
                ),
            )
        before = item.answer
        item.answer, item.answered_by_id, item.answered_at = text.strip(), actor.person_id, clock.now()
        item.save(update_fields=["answer", "answered_by", "answered_at"])
        record(
            actor,
            "meeting.answer",
            f"meeting:{meeting.pk}",
            before={"answer": before},
            after={"item": item.pk, "answer": item.answer},
        )


def _open(actor: Actor, meeting_id: UUID, *, kept: bool = True) -> tuple[Meeting, list[AgendaItem]]:
    """The consultation while its agenda can be changed, locked with its items."""
    meeting = locked(Meeting, meeting_id)
    subject = subject_of(meeting, actor)
    require_for(actor, "meeting.prepare", subject)
    if meeting.state not in _BEFORE:
        raise LianzhangError(
            Text("议程已经发出，不能再改。", "The agenda has been sent and cannot be changed."),
            Text("先点“调整议程”收回。", "Take it back first with “change the agenda”."),
        )
    items = meeting.items.select_for_update().order_by("position", "id")
    return meeting, list(items.filter(dropped=False) if kept else items)


def _index(items: list[AgendaItem], item_id: int) -> int:
    for number, item in enumerate(items):
        if item.pk == item_id:
            return number
    raise Http404
