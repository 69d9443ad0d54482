"""Begin to follow a text."""

from __future__ import annotations

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.subscriptions.models import Subscription
from lianzhang.web.subscriptions.texts import key_of, texts_on

#: Nobody reads the news of more; what asks for them is a program.
MOST = 500


class CannotFollow(LianzhangError):
    """A text that is not there to be followed, or one too many."""


def follow(actor: Actor, raw: str) -> Subscription:
    """Follow a list, a measure or a rule in force; following it twice is following it once.

    Raises CannotFollow when it is not in force or the person follows `MOST` already, Forbidden without the right.
    """
    require_for(actor, "subscription.keep", Subject("subscription"))
    key = key_of(raw)
    now = texts_on(clock.today()).get(key)
    if now is None:
        raise CannotFollow(
            Text(
                "这份文本今天没有施行，不能订阅。", "This text is not in force today and cannot be followed."
            ),
            Text("请在清单里选现行的措施。", "Choose a measure in force from the lists."),
        )
    with transaction.atomic():
        if Subscription.objects.filter(person_id=actor.person_id).count() >= MOST:
            raise CannotFollow(
                Text(f"最多订阅{MOST}项。", f"At most {MOST} can be followed."),
                Text("请先取消一些。", "Leave some first."),
            )
        row, made = Subscription.objects.get_or_create(
            person_id=actor.person_id,
            key=key,
            defaults={"title": {"zh": now.title.zh, "en": now.title.en}, "text": now.text},
        )
        if made:
            record(actor, "subscription.keep", f"subscription:{row.pk}", after={"key": key})
    return row
