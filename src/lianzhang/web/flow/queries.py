"""Reads about cases of every kind. The first argument is who asks, where it matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from lianzhang.casework import FLOWS, VERBS, Actor, Role, Scope, Subject, offers
from lianzhang.casework.flow import Act, Transition
from lianzhang.casework.roles import ALL_CHAINS
from lianzhang.kernel import Text, clock
from lianzhang.web.flow import mapping, rules
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.models import Attachment, CalendarYear, ClockRow, Notice, Step
from lianzhang.web.flow.refusals import action_label

Row = TypeVar("Row", bound=CaseColumns)

#: Where the rows of each kind are; a kind whose noun is not installed has none.
_MODELS = {
    "request": "cases.Request",
    "problem": "problems.Problem",
    "meeting": "meetings.Meeting",
    "resolution": "meetings.Resolution",
    "project": "projects.Project",
    "factor": "projects.Factor",
    "need": "pairings.Need",
    "visit": "visits.Visit",
}


def model_of(kind: str) -> type[CaseColumns] | None:
    """The model of a kind of case."""
    try:
        found: Any = apps.get_model(_MODELS[kind])
    except LookupError:
        return None
    return found  # type: ignore[no-any-return]


def clocks_of(row: CaseColumns) -> list[ClockRow]:
    """All clocks of a case, oldest first; of one name the last is the one in force."""
    return list(ClockRow.objects.filter(kind=row.kind, subject=row.pk))


def subject_of(row: CaseColumns, actor: Actor) -> Subject:
    """The case as permission sees it: it belongs to every organisation that has a part in it."""
    parts = {str(part) for part in (row.lead_id, row.partner_id, row.firm_id, *row.helpers) if part}
    mine = actor.organisation_id in parts
    return Subject(
        kind=row.kind,
        id=row.pk,
        organisation_id=actor.organisation_id if mine else row.lead_id,
        region_code=actor.region_code if mine and actor.region_code else row.region_code or None,
        chain=mapping.chain_of(row, actor),
        enterprise=row.firm_id,
    )


def reach(actor: Actor, kind: str) -> Q:
    """The condition on rows of a kind that the actor's role and post put; agrees with `may`."""
    scope = VERBS[f"{kind}.see"].scopes.get(actor.role)
    part = Q(lead_id=actor.organisation_id) | Q(partner_id=actor.organisation_id)
    part |= Q(pk__in=_helped(actor, kind))
    if scope is Scope.everywhere or (scope is Scope.own_chains and ALL_CHAINS in actor.chains):
        return Q()
    if scope is Scope.own_chains:
        return Q(chain__in=actor.chains) | Q(chain__parent__in=actor.chains) | Q(chain=None)
    if scope is Scope.own_county:
        return part | Q(firm_id=actor.organisation_id) | Q(region_code=actor.region_code or "-")
    if scope is Scope.own_organisation:
        return part | Q(firm_id=actor.organisation_id)
    if scope is Scope.own_enterprise:
        return Q(firm_id=actor.organisation_id)
    return Q(pk__in=[])


def _helped(actor: Actor, kind: str) -> QuerySet[Any]:
    return ClockRow.objects.filter(kind=kind, name=f"help.{actor.organisation_id}").values("subject")


def mine_to_do(actor: Actor, model: type[Row]) -> QuerySet[Row]:
    """Open cases that wait for the actor's organisation or office, the earliest end first."""
    flow = FLOWS[model.kind]
    final = [state.name for state in flow.states if state.final]
    rows = model._default_manager.exclude(state__in=final)
    if actor.role is Role.chain_officer:
        chains = Q() if ALL_CHAINS in actor.chains else _chains(actor)
        wanted = Q(owner_party="office", owner=None) & chains
        wanted |= Q(owner_id=actor.organisation_id)
    elif actor.role is Role.chief:
        wanted = Q(owner_party="chief") & _chains(actor)
    else:
        wanted = Q(owner_id=actor.organisation_id)
    return rows.filter(wanted)


def _chains(actor: Actor) -> Q:
    return Q(chain__in=actor.chains) | Q(chain__parent__in=actor.chains) | Q(chain=None)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log as a reader sees it."""

    step: Step
    label: Text
    state: Text | None
    files: list[Attachment]


def log_of(actor: Actor, row: CaseColumns) -> list[Line]:
    """The log of a case, oldest first; firms and partners see only what is said outward."""
    steps = Step.objects.filter(kind=row.kind, subject=row.pk).select_related("organisation")
    if actor.role in _OUTSIDE:
        steps = steps.filter(outward=True)
    files: dict[int, list[Attachment]] = {}
    found = list(steps)
    for file in Attachment.objects.filter(step__in=found):
        files.setdefault(file.step_id, []).append(file)
    flow = FLOWS[row.kind]
    return [
        Line(
            step,
            action_label(row.kind, step.action),
            flow.state(step.after).label
            if step.after and step.after != step.before and step.action != "file"
            else None,
            files.get(step.pk, []),
        )
        for step in found
    ]


def outward_log(row: CaseColumns) -> list[Line]:
    """The acts of a case without what was said, for somebody known only by the number."""
    steps = Step.objects.filter(kind=row.kind, subject=row.pk, outward=True).exclude(
        action__in=("note", "say", "edit")
    )
    flow = FLOWS[row.kind]
    return [
        Line(s, action_label(row.kind, s.action), flow.state(s.after).label if s.after else None, [])
        for s in steps
    ]


def outward_steps(kind: str, actions: Iterable[str], *, since: datetime) -> list[Line]:
    """Outward lines of all cases of a kind since an instant, newest first; the caller keeps to what may be seen."""
    steps = Step.objects.filter(kind=kind, action__in=list(actions), outward=True, at__gte=since).order_by(
        "-id"
    )
    flow = FLOWS[kind]
    return [
        Line(s, action_label(kind, s.action), flow.state(s.after).label if s.after != s.before else None, [])
        for s in steps[:500]
    ]


_OUTSIDE = frozenset({Role.enterprise_user, Role.institute_contact, Role.bank_contact})


def buttons(actor: Actor, row: CaseColumns, clocks: Iterable[ClockRow]) -> tuple[Transition, ...]:
    """What the actor can do with the case now."""
    act = Act(
        case=mapping.case_of(row, clocks, actor),
        actor=actor,
        action="",
        given={},
        now=clock.now(),
        calendar=rules.calendar(),
        presets=rules.presets(row.kind),
    )
    return offers(FLOWS[row.kind], act)


def attachment(actor: Actor, file_id: UUID) -> tuple[Attachment, Step] | None:
    """A file and its step; whether the actor may see the case is asked by the page."""
    file = Attachment.objects.select_related("step").filter(pk=file_id).first()
    if file is None or (actor.role in _OUTSIDE and not file.step.outward):
        return None
    return file, file.step


def notices(actor: Actor) -> QuerySet[Notice]:
    """Notices to the actor: their organisation, themselves in it or in any post, their role in their chains."""
    chains = Q() if ALL_CHAINS in actor.chains else _chains(actor)
    mine = Q(organisation_id=actor.organisation_id) & (Q(person=None) | Q(person__in=actor.hands))
    own = Q(organisation=None, role="", person=actor.person_id)
    return Notice.objects.filter(mine | own | (Q(role=actor.role) & chains))


def unread(actor: Actor) -> QuerySet[Notice]:
    """Those the person has not read."""
    read = Notice.readers.through.objects.filter(notice_id=OuterRef("pk"), person_id=actor.person_id)
    return notices(actor).filter(~Exists(read))


def years() -> QuerySet[CalendarYear]:
    """The years of the calendar that the city entered, newest first."""
    return CalendarYear.objects.select_related("entered_by")
