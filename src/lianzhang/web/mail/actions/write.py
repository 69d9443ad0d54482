"""Put a notice into the outbox of those whom it reaches, in the transaction of what it tells."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from lianzhang.kernel import Text
from lianzhang.web.mail.actions.send import AWAKE
from lianzhang.web.mail.models import OutgoingMail
from lianzhang.web.mail.queries import is_on, wanting


def write(kind: str, what: Text, said: Text, *, key: str, people: Iterable[object], path: str = "") -> int:
    """One message to each of `people` who wants mail of this kind; how many were written.

    `what` stands in the subject and is only ever a kind of thing and a colour; `said` names the case by its number
    and holds nothing of its content. The same `key` is told to a person once.
    """
    if not is_on():
        return 0
    subject = f"[链长] {what.zh} · {what.en}"[:120]
    link = f"\n\n{settings.LIANZHANG_SITE}{path}" if settings.LIANZHANG_SITE and path else ""
    body = f"{said.zh}\n{said.en}{link}\n\n{_FOOT.zh}\n{_FOOT.en}\n"
    rows = [
        OutgoingMail(person_id=person, key=key[:60], kind=kind, subject=subject, body=body)
        for person in wanting(people, kind)
    ]
    if rows:
        with transaction.atomic():
            OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
            transaction.on_commit(AWAKE.set)
    return len(rows)


_FOOT = Text(
    "请登录系统查看内容和办理。不想再收，可在“我的账号—邮件提醒”里关掉。",
    "Sign in to read and to act. Switch these off under “My account – e-mail”.",
)
