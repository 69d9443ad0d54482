"""Reads of studies. The first argument is always who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from lianzhang.casework import Actor, Subject, may_ever
from lianzhang.kernel import clock, fact_dictionary
from lianzhang.kernel.pack import Pack, open_pack
from lianzhang.policy import ExemptionFinding, ExemptionItem, exemption, exemption_list, facts_of
from lianzhang.policy.rule import months_before
from lianzhang.web.exemptions.models import Study

#: 首违: no violation of the same kind within two years (市场监管总局2025-12-16发布会).
FIRST_WITHIN_MONTHS = 24
#: What every ground of the general part asks, in the order in which an officer establishes it.
GENERAL_FACTS = (
    "act_ended_on",
    "discovered_on",
    "corrected_in_time",
    "first_violation",
    "minor_act",
    "no_harm",
    "slight_harm",
    "evidence_no_fault",
    "life_or_finance_harmed",
)


def visible_to(actor: Actor) -> QuerySet[Study]:
    """Studies of the actor's own organisation; the files of an enforcement case are for its unit alone."""
    if not may_ever(actor, "exemption.see").allowed or not actor.organisation_id:
        return Study.objects.none()
    return Study.objects.filter(organisation=actor.organisation_id)


def one(actor: Actor, study_id: UUID) -> Study | None:
    """One visible study."""
    rows = visible_to(actor).select_related("opened_by", "submitted_by", "decided_by", "organisation")
    return rows.filter(pk=study_id).first()


def subject_of(study: Study) -> Subject:
    """The study as permission sees it."""
    return Subject(kind="exemption", id=study.pk, organisation_id=study.organisation_id, state=study.state)


def pack() -> Pack:
    """The city's pack."""
    return open_pack(settings.LIANZHANG_PACK)


def item_of(study: Study) -> ExemptionItem:
    """The act on the list."""
    return exemption_list(pack())[study.item]


def finding(study: Study) -> ExemptionFinding:
    """What the facts of the study say of the act."""
    return exemption(
        exemption_list(pack()), study.item, fact_dictionary(pack()).read(study.facts), trust_memory=True
    )


def asked_of(item: ExemptionItem) -> list[str]:
    """Names of the facts an officer establishes for an act: the general ones, then the item's own."""
    own = sorted(facts_of(item.extra)) if item.extra is not None else []
    return [*GENERAL_FACTS, *(name for name in own if name not in GENERAL_FACTS)]


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier study of the same party, as any unit may know of it."""

    day: date
    unit: str
    act: str
    same_act: bool


def history_of(actor: Actor, study: Study) -> list[Earlier]:
    """Studies of the same party in the two years before, of every unit, newest first.

    An empty answer proves no first violation: cases outside this system are not in it.
    """
    if not study.credit_code or not may_ever(actor, "exemption.see").allowed:
        return []
    since = months_before(clock.today(), FIRST_WITHIN_MONTHS)
    rows = Study.objects.filter(Q(credit_code=study.credit_code), opened_at__date__gte=since)
    listed = exemption_list(pack()).items
    rows = rows.exclude(pk=study.pk).select_related("organisation").order_by("-opened_at")[:50]
    return [_earlier(row, listed, study) for row in rows]


def _earlier(row: Study, listed: dict[str, Any], study: Study) -> Earlier:
    act = listed[row.item].act.zh if row.item in listed else row.item
    return Earlier(row.opened_at.date(), row.organisation.name, act, row.item == study.item)
