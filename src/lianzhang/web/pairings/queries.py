"""Reads of needs. What an institute or bank gets is decided here, field by field, by the consent in force."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Text, clock
from lianzhang.web.cases import contact
from lianzhang.web.flow.queries import reach
from lianzhang.web.pairings.models import Consent, Need

PARTNERS = (Role.institute_contact, Role.bank_contact)
#: Lines of the log that say nothing of the need itself: what was done since it was shared.
SHARED_LINES = frozenset({"claim", "propose", "reject", "sign", "report", "deliver", "confirm", "deny"})
#: Everything of a need that a consent can cover, in the order of the page.
FIELDS = MappingProxyType(
    {
        "title": Text("需求标题", "title"),
        "text": Text("需求内容", "content"),
        "amount": Text("金额或数量", "amount"),
        "firm": Text("企业名称", "name of the firm"),
        "revenue_band": Text("营业收入区间", "band of revenue"),
        "contact": Text("联系人和电话", "contact and telephone"),
    }
)

_REVENUE = Text("准确营业收入", "exact revenue")


def in_force() -> QuerySet[Consent]:
    """Consents that are neither withdrawn nor over."""
    return Consent.objects.filter(withdrawn_at=None, until__gte=clock.today())


def visible_to(actor: Actor) -> QuerySet[Need]:
    """Needs the actor may see; institutes and banks only those shared with them by a consent in force."""
    rows = Need.objects.filter(reach(actor, "need")).select_related("firm", "partner", "chain", "owner")
    if actor.role in PARTNERS:
        shared = in_force().filter(need_id=OuterRef("pk"), receiver_id=actor.organisation_id)
        rows = rows.filter(Exists(shared), partner_id=actor.organisation_id)
    return rows


def one(actor: Actor, subject: UUID) -> Need | None:
    """One visible need."""
    return visible_to(actor).filter(pk=subject).first()


@dataclass(frozen=True, slots=True)
class View:
    """A need as one reader may see it; fields that are not shared are absent."""

    need: Need
    title: str
    shown: list[tuple[Text, str]]
    consent: Consent | None


def view_of(actor: Actor, need: Need) -> View:
    """The need with the fields that this reader may see. Asked anew for every page: a withdrawal works at once."""
    consent = in_force().filter(need=need).select_related("receiver").first()
    if actor.role in PARTNERS:
        mine = consent is not None and str(consent.receiver_id) == actor.organisation_id
        names = [name for name in FIELDS if mine and consent is not None and name in consent.fields]
    else:
        names = list(FIELDS)
    values = [(FIELDS[name], _value(need, name)) for name in names]
    if _sees_exact(actor, need, consent):
        values.append((_REVENUE, contact.opened(need.revenue)))
    title = need.title if "title" in names else str(need.number)
    return View(need, title, [(label, value) for label, value in values if value], consent)


def _sees_exact(actor: Actor, need: Need, consent: Consent | None) -> bool:
    """The firm itself; a bank with the second consent; nobody else, not even the office."""
    if actor.role is Role.enterprise_user:
        return str(need.firm_id) == actor.organisation_id
    mine = consent is not None and str(consent.receiver_id) == actor.organisation_id
    return actor.role is Role.bank_contact and mine and consent is not None and consent.exact_revenue


def _value(need: Need, name: str) -> str:
    if name == "firm":
        return need.firm.name if need.firm else ""
    if name == "contact":
        return f"{need.contact_name} {contact.opened(need.contact_phone)}".strip()
    return str(getattr(need, name))


def listed(actor: Actor) -> QuerySet[Need]:
    """The list, newest first."""
    return visible_to(actor).order_by("-created")


def consents_of(actor: Actor, need: Need) -> Any:
    """All consents of a need, for the firm and the office."""
    return need.consents.select_related("receiver") if actor.role not in PARTNERS else need.consents.none()
