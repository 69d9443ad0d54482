"""Write down what the table decided: text, owner and date, or why nothing was decided."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor, CalendarUnknown
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.flow import rules
from lianzhang.web.flow.actions import start
from lianzhang.web.flow.actions.perform import locked
from lianzhang.web.flow.queries import subject_of
from lianzhang.web.journal.actions.record import record
from lianzhang.web.meetings.models import AgendaItem, Meeting, Resolution
from lianzhang.web.people.permission import require_for

_AT_TABLE = ("agreed", "held")


def decide_item(
    actor: Actor, meeting_id: UUID, item_id: int, *, text: str, lead: Any, day: date | None,
    helpers: tuple[str, ...] = (), measure_of_done: str = "",
) -> Resolution:  # fmt: skip
    """A resolution on an item. Raises LianzhangError without text, owner or a date that can be promised."""
    missing = [word for word, given in ((_TEXT, text.strip()), (_OWNER, lead), (_DATE, day)) if not given]
    if missing or day is None:
        raise LianzhangError(
            Text(
                f"决定缺少：{'、'.join(word.zh for word in missing)}。",
                f"The decision lacks: {', '.join(word.en for word in missing)}.",
            ),
            Text("每条决定须有内容、主办和时限。", "Every decision has a text, an owner and a date."),
        )
    if day < clock.today():
        raise LianzhangError(
            Text("时限已过。", "The date has passed."), Text("请填以后的日期。", "Give a later date.")
        )
    if not rules.calendar().knows(day):
        raise CalendarUnknown(day)
    with transaction.atomic():
        meeting, item = _item_at_table(actor, meeting_id, item_id)
        item.no_decision = ""
        item.save(update_fields=["no_decision"])
        row = Resolution(
            state="agreed", title=item.title[:120], chain=meeting.chain, lead=lead, planned=day, item=item,
            text=text.strip(), helpers=list(helpers), measure_of_done=measure_of_done, sample=meeting.sample,
        )  # fmt: skip
        return start(actor, row, text=text.strip())


_TEXT, _OWNER, _DATE = Text("内容", "text"), Text("主办单位", "owner"), Text("时限", "date")


def leave_undecided(actor: Actor, meeting_id: UUID, item_id: int, reason: str) -> None:
    """Say why the table decided nothing on an item."""
    if not reason.strip():
        raise LianzhangError(Text("请写明为何不形成决定。", "Say why nothing was decided."))
    with transaction.atomic():
        meeting, item = _item_at_table(actor, meeting_id, item_id)
        if item.resolutions.exists():
            raise LianzhangError(Text("这项议题已有决定。", "There is a decision on this item."))
        item.no_decision = reason.strip()[:300]
        item.save(update_fields=["no_decision"])
        record(
            actor,
            "meeting.no_decision",
            f"meeting:{meeting.pk}",
            after={"item": item.pk, "reason": item.no_decision},
        )


def _item_at_table(actor: Actor, meeting_id: UUID, item_id: int) -> tuple[Meeting, AgendaItem]:
    meeting = locked(Meeting, meeting_id)
    require_for(actor, "meeting.prepare", subject_of(meeting, actor))
    item = meeting.items.select_for_update().filter(pk=item_id, dropped=False).first()
    if item is None:
        raise Http404
    if meeting.state not in _AT_TABLE:
        raise LianzhangError(
            Text(
                "会议还没有确认议程，或纪要已经签发，不能记决定。",
                "Decisions are recorded between the confirmed agenda and the signed minutes.",
            ),
        )
    return meeting, item
