"""Reads of addresses and of the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q

from lianzhang.casework import FLOWS, Actor
from lianzhang.kernel import Text
from lianzhang.web.mail.models import MailAddress, OutgoingMail
from lianzhang.web.mail.sealed import opened

#: What a person can have mail about.
KINDS = {kind: flow.label for kind, flow in FLOWS.items()} | {
    "delegation": Text("委托代行", "acting for another")
}


@dataclass(frozen=True, slots=True)
class OwnMail:
    """What a person's page about mail shows."""

    address: str = ""
    pending: str = ""
    wanted: tuple[str, ...] = tuple(KINDS)


def is_on() -> bool:
    """Whether the installation sends mail at all."""
    return bool(settings.LIANZHANG_MAIL)


def own(actor: Actor) -> OwnMail:
    """The actor's address and choice."""
    row = MailAddress.objects.filter(person=actor.person_id).first()
    if row is None:
        return OwnMail()
    wanted = tuple(kind for kind in KINDS if kind not in row.unwanted)
    return OwnMail(opened(row.confirmed), opened(row.pending), wanted)


def wanting(people: Iterable[object], kind: str) -> list[object]:
    """Those of these people who have a confirmed address and want mail of this kind."""
    rows = MailAddress.objects.filter(person__in=list(people)).exclude(confirmed="")
    return [person for person, unwanted in rows.values_list("person", "unwanted") if kind not in unwanted]


def counts() -> dict[str, int]:
    """How many messages wait, were sent, were given up."""
    return OutgoingMail.objects.aggregate(
        waiting=Count("pk", filter=Q(sent=None) & ~Q(due=None)),
        sent=Count("pk", filter=~Q(sent=None)),
        given_up=Count("pk", filter=Q(sent=None, due=None)),
    )
