"""A person's own address: set, confirmed with a code that was sent there, chosen kinds, taken back."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.mail.actions.send import AWAKE, CODE
from lianzhang.web.mail.models import MailAddress, OutgoingMail
from lianzhang.web.mail.queries import KINDS, is_on
from lianzhang.web.mail.sealed import code_digest, opened, sealed
from lianzhang.web.people import limits
from lianzhang.web.people.permission import require_for

_LIFE = timedelta(minutes=30)


class MailRefused(LianzhangError):
    """The address or the code is not taken."""


def set_address(actor: Actor, address: str) -> None:
    """Send a code to the address; the old one stays in use until the code is given. Raises MailRefused."""
    require_for(actor, "account.change", Subject("person", actor.person_id))
    if not is_on():
        raise MailRefused(Text("本系统没有接通邮件。", "This installation sends no mail."))
    _within(limits.MAIL_ADDRESS, actor)
    code = f"{secrets.randbelow(10**6):06d}"
    with transaction.atomic():
        row, _ = MailAddress.objects.select_for_update().get_or_create(person_id=actor.person_id)
        row.pending, row.code = sealed(address), code_digest(actor.person_id, address, code)
        row.code_until = row.changed = clock.now()
        row.code_until += _LIFE
        row.save()
        OutgoingMail.objects.filter(person=actor.person_id, kind=CODE, sent=None).update(due=None)
        body = f"验证码：{code}，30分钟内有效。不是您本人操作，请不必理会。\nCode: {code}, valid for 30 minutes.\n"
        OutgoingMail.objects.create(
            person_id=actor.person_id, key=f"code:{uuid4()}", kind=CODE, body=body,
            subject="[链长] 邮箱验证 · confirm this address",
        )  # fmt: skip
        record(actor, "mail.set", f"person:{actor.person_id}")
        transaction.on_commit(AWAKE.set)


def confirm_address(actor: Actor, code: str) -> None:
    """Take the waiting address into use. Raises MailRefused for a wrong or late code."""
    require_for(actor, "account.change", Subject("person", actor.person_id))
    _within(limits.MAIL_CODE, actor)
    with transaction.atomic():
        row = MailAddress.objects.select_for_update().filter(person=actor.person_id).first()
        waiting = row is not None and bool(row.code) and row.code_until is not None
        given = code_digest(actor.person_id, opened(row.pending), code.strip()) if row and waiting else ""
        if (
            row is None
            or not given
            or row.code_until < clock.now()
            or not hmac.compare_digest(given, row.code)
        ):
            raise MailRefused(
                Text("验证码不对或已过期。", "The code is wrong or too old."),
                Text("请核对，或重新发送一个。", "Check it, or have another one sent."),
            )
        row.confirmed, row.pending, row.code, row.code_until = row.pending, "", "", None
        row.changed = clock.now()
        row.save()
        record(actor, "mail.confirm", f"person:{actor.person_id}")
    limits.forget(limits.MAIL_CODE, str(actor.person_id))


def choose_kinds(actor: Actor, wanted: Iterable[str]) -> None:
    """Mail about these kinds and no others."""
    require_for(actor, "account.change", Subject("person", actor.person_id))
    chosen = set(wanted)
    with transaction.atomic():
        row, _ = MailAddress.objects.select_for_update().get_or_create(person_id=actor.person_id)
        row.unwanted = [kind for kind in KINDS if kind not in chosen]
        row.save(update_fields=["unwanted"])
        record(actor, "mail.choose", f"person:{actor.person_id}", after={"unwanted": row.unwanted})


def drop_address(actor: Actor) -> None:
    """Forget the address; what waits to be sent is not sent."""
    require_for(actor, "account.change", Subject("person", actor.person_id))
    with transaction.atomic():
        MailAddress.objects.filter(person=actor.person_id).update(
            confirmed="", pending="", code="", code_until=None, changed=clock.now()
        )
        OutgoingMail.objects.filter(person=actor.person_id, sent=None).update(due=None, failure="no address")
        record(actor, "mail.drop", f"person:{actor.person_id}")


def _within(limit: limits.Limit, actor: Actor) -> None:
    tried = limits.count(limit, str(actor.person_id))
    if tried.wait_minutes:
        raise MailRefused(
            Text(
                f"试得太多，请{tried.wait_minutes}分钟后再试。",
                f"Too many tries: wait {tried.wait_minutes} minutes.",
            )
        )
