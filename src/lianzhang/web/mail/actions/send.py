"""Send what is due: each message is claimed first, so that two senders never send the same one."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F

from lianzhang.kernel import clock
from lianzhang.web.mail.models import MailAddress, OutgoingMail
from lianzhang.web.mail.sealed import opened

#: Set when something was written and its transaction is over.
AWAKE = threading.Event()

#: While a message is being sent nobody else takes it; after a crash it is free again.
_LEASE = timedelta(minutes=10)
#: How long to wait after each failed try; then it is given up.
_BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
#: Kind of the message with a code, which goes to the address that waits for it.
CODE = "code"


@dataclass(slots=True)
class Sent:
    """What one round did."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0


def send_due(*, most: int = 200) -> Sent:
    """Try every message that is due. A server that crashes between sending and noting it sends that one message
    again, under the same Message-ID, by which mail programs know it for the same."""
    done = Sent()
    for _ in range(most):
        row = _claimed()
        if row is None:
            break
        to = _address_for(row)
        if not to:
            _note(row.pk, due=None, failure="no address")
            done.dropped += 1
            continue
        message = EmailMessage(
            row.subject, row.body, settings.DEFAULT_FROM_EMAIL, [to],
            headers={"Message-ID": f"<{row.pk}@lianzhang>", "Auto-Submitted": "auto-generated"},
        )  # fmt: skip
        try:
            message.send()
        except (SMTPException, OSError, ValueError) as error:
            _note(row.pk, due=_next(row.tries), failure=type(error).__name__)
            done.failed += 1
        else:
            _note(row.pk, sent=clock.now(), failure="")
            done.sent += 1
    return done


def _claimed() -> OutgoingMail | None:
    """The next message that is due, held by this sender alone."""
    now = clock.now()
    waiting = OutgoingMail.objects.filter(sent=None, due__lte=now).order_by("due", "written")
    for pk in list(waiting.values_list("pk", flat=True)[:20]):
        # Committed before anything is sent, so that the claim is seen by everybody.
        with transaction.atomic():
            mine = OutgoingMail.objects.filter(pk=pk, sent=None, due__lte=now)
            taken = mine.update(due=now + _LEASE, tries=F("tries") + 1)
        if taken:
            return OutgoingMail.objects.get(pk=pk)
    return None


def _address_for(row: OutgoingMail) -> str:
    known = MailAddress.objects.filter(person=row.person_id).first()
    if known is None:
        return ""
    return opened(known.pending if row.kind == CODE else known.confirmed)


def _next(tries: int) -> datetime | None:
    return clock.now() + _BACK_OFF[tries - 1] if tries <= len(_BACK_OFF) else None


def _note(pk: UUID, **columns: object) -> None:
    OutgoingMail.objects.filter(pk=pk).update(**columns)
