"""Tell subscribers what is due: deadlines at 30, 7 and 1 days, and texts that changed or ended. Each once.

It may run at any time and any number of times, in two processes at once and after days of standstill: a reminder
that was missed is told by the nearest one alone, and the database keeps every mark single.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from lianzhang.kernel import Text, clock
from lianzhang.web.subscriptions.models import News, Subscription
from lianzhang.web.subscriptions.texts import Followed, texts_on

#: Days before the last day on which a subscriber is reminded (UX-92).
REMINDERS = (30, 7, 1)


def deliver() -> int:
    """Write the news that are due now; how many were new."""
    today = clock.today()
    rows = list(Subscription.objects.all())
    texts = texts_on(today) if rows else {}
    return sum(_tell(row, texts.get(row.key), today) for row in rows)


def _tell(row: Subscription, now: Followed | None, today: date) -> int:
    """What is new for one subscription; a change and its news stand or fall together."""
    text = now.text if now is not None else ""
    with transaction.atomic():
        told = [said for said in (_reminder(row, now, today),) if said is not None]
        if text != row.text:
            title = {"zh": now.title.zh, "en": now.title.en} if now is not None else row.title
            # Whoever writes first tells the change; a second process finds the text told already.
            mine = Subscription.objects.filter(pk=row.pk, text=row.text, changes=row.changes).update(
                text=text, title=title, changes=row.changes + 1
            )
            if mine:
                told.append((f"change/{row.pk.hex}/{row.changes + 1}", _change(row, now)))
        return sum(_once(row, mark, said, now) for mark, said in told)


def _once(row: Subscription, mark: str, said: Text, now: Followed | None) -> bool:
    """Write one piece of news unless it stands already."""
    _, made = News.objects.get_or_create(
        person_id=row.person_id,
        key=row.key,
        mark=mark,
        defaults={"said": {"zh": said.zh, "en": said.en}, "href": now.href if now else ""},
    )
    return made


def _reminder(row: Subscription, now: Followed | None, today: date) -> tuple[str, Text] | None:
    if now is None or now.until is None:
        return None
    left = (now.until - today).days
    due = next(_due(left), None)
    if due is None:
        return None
    zh, en = ("今天截止", "ends today") if left == 0 else (f"还有{left}天截止", f"ends in {left} days")
    said = Text(
        f"订阅的“{now.title.zh}”{zh}（{now.until}）。",
        f"“{now.title.en}”, which you follow, {en} ({now.until}).",
    )
    return f"{now.until}/{due}", said


def _due(left: int) -> Iterator[int]:
    """The reminders that the days left have reached, the nearest first."""
    return (days for days in reversed(REMINDERS) if 0 <= left <= days)


def _change(row: Subscription, now: Followed | None) -> Text:
    if now is None:
        return Text(
            f"“{row.title['zh']}”已不再施行，请核实是否有接替的规定。",
            f"“{row.title['en']}” is no longer in force; check what takes its place.",
        )
    if not row.text:
        return Text(f"“{now.title.zh}”重新施行。", f"“{now.title.en}” is in force again.")
    return Text(
        f"“{now.title.zh}”的内容有变化，请重新查看条件。",
        f"“{now.title.en}” has changed; look at its conditions again.",
    )
