"""Move a need; sharing writes the consent, and whatever ends the sharing ends the consent in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.flow.actions import perform
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.journal.actions.record import record
from lianzhang.web.pairings.models import Consent, Need
from lianzhang.web.pairings.queries import FIELDS

#: Acts after which nothing is shared any more.
_ENDING = ("decline", "withdraw_consent")


def act(
    actor: Actor, subject: UUID, action: str, given: Mapping[str, Any], *, fields: Iterable[str] = (),
    purpose: str = "", exact_revenue: bool = False, version: int | None = None, files: Iterable[Fit] = (),
) -> Need:  # fmt: skip
    """Do `action` on a need. Sharing takes the fields and the purpose of the consent, and for a bank perhaps the
    second consent, to the exact revenue."""
    wanted = [name for name in FIELDS if name in set(fields)]
    if action == "share" and (not wanted or not purpose.strip()):
        raise LianzhangError(
            Text("授权须写明提供哪些内容和用途。", "A consent names the fields and the purpose."),
            Text("请至少选一项内容，并写用途。", "Choose at least one field and give the purpose."),
        )
    with transaction.atomic():
        row = perform(actor, Need, subject, action, given, version=version, files=files)
        if action == "share":
            # One that ended with its last day makes room for the new one.
            _in_force(row).filter(until__lt=clock.today()).update(withdrawn_at=clock.now())
        if action == "share" and not _in_force(row).exists():
            _refuse_exact(row) if exact_revenue else None
            consent = Consent.objects.create(
                need=row, receiver_id=row.partner_id, fields=wanted, purpose=purpose.strip(), until=row.planned,
                given_by_id=actor.person_id, exact_revenue=exact_revenue,
            )  # fmt: skip
            after = {
                "exact_revenue": exact_revenue,
                "receiver": row.partner_id,
                "fields": wanted,
                "purpose": consent.purpose,
                "until": consent.until,
            }
            record(actor, "consent.give", f"need:{row.pk}", after=after)
        elif action in _ENDING and row.partner_id is None:
            end_consents(actor, row)
    return row


def _refuse_exact(need: Need) -> None:
    """The exact revenue goes to banks only, and only when the firm has given it."""
    if need.partner is None or need.partner.kind != "bank":
        raise LianzhangError(
            Text("准确营业收入只能授权给银行。", "The exact revenue can be shared with a bank only."),
            Text("请去掉这一项，或选一家银行。", "Untick it, or choose a bank."),
        )
    if not need.revenue:
        raise LianzhangError(Text("还没有填准确营业收入。", "No exact revenue was given."))


def end_consents(actor: Actor, need: Need) -> None:
    """Withdraw what is in force."""
    with transaction.atomic():
        if _in_force(need).update(withdrawn_at=clock.now()):
            record(actor, "consent.withdraw", f"need:{need.pk}")


def _in_force(need: Need) -> Any:
    return Consent.objects.filter(need=need, withdrawn_at=None)
