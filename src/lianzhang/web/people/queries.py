"""Reads of people and organisations; the first argument is the actor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from lianzhang.casework import VERBS, Actor, Refused, Scope, may_ever, may_stand_in
from lianzhang.casework.roles import ALL_CHAINS
from lianzhang.kernel import Text, clock
from lianzhang.web.people.identity import actor_of
from lianzhang.web.people.models import Delegation, Holding, LoginSession, OneTimeLink, Organisation, Person


def people(actor: Actor, *, words: str = "", state: str = "") -> QuerySet[Person]:
    """People the actor may see, by account name."""
    rows = Person.objects.visible_to(actor).prefetch_related("holdings__post__organisation")
    if words:
        rows = rows.filter(name__icontains=words) | rows.filter(username__icontains=words)
    if state:
        rows = rows.filter(state=state)
    return rows


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Names of people by id, for the journal, which keeps ids."""
    known = Person.objects.filter(pk__in=list(ids)).values_list("pk", "name")
    return {str(pk): name for pk, name in known}


def organisations(actor: Actor) -> QuerySet[Organisation]:
    """Organisations the actor may see, by name."""
    return Organisation.objects.visible_to(actor)


def enterprises_without_record(actor: Actor) -> QuerySet[Organisation]:
    """Organisations of enterprises that are linked with no record of the registry, for those who link them."""
    if not may_ever(actor, "enterprise.link").allowed:
        return Organisation.objects.none()
    return Organisation.objects.filter(kind=Organisation.Kind.enterprise, enterprise=None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the security administrator."""

    people: list[Person]
    holdings: list[Holding]
    links: list[OneTimeLink]

    @property
    def count(self) -> int:
        """Number of decisions to take."""
        return len(self.people) + len(self.holdings) + len(self.links)


def waiting(actor: Actor) -> Waiting:
    """Proposals not yet decided. Posts and links of a proposed person are decided with the person."""
    if not may_ever(actor, "person.approve").allowed:
        return Waiting([], [], [])
    proposed = Person.objects.filter(state=Person.State.proposed)
    holdings = Holding.objects.filter(state=Holding.State.proposed, person__state=Person.State.active)
    links = OneTimeLink.objects.filter(approved=False, used=None, person__state=Person.State.active)
    return Waiting(
        list(proposed.select_related("proposed_by").prefetch_related("holdings__post__organisation")),
        list(holdings.select_related("person", "post__organisation", "proposed_by")),
        list(links.select_related("person", "issued_by")),
    )


def sessions(actor: Actor) -> QuerySet[LoginSession]:
    """The actor's own open sessions, latest first."""
    return LoginSession.objects.filter(person=actor.person_id).order_by("-seen")


@dataclass(frozen=True, slots=True)
class Ability:
    """One verb and whether the actor has it."""

    verb: str
    label: Text
    allowed: bool
    scope: Scope | None
    reason: Text | None


def abilities(actor: Actor) -> list[Ability]:
    """Every verb with the answer for this actor and, where it is no, the reason."""
    rows = []
    for verb, rule in VERBS.items():
        answer = may_ever(actor, verb)
        reason = answer.reason if isinstance(answer, Refused) else None
        rows.append(Ability(verb, rule.label, answer.allowed, rule.scopes.get(actor.role), reason))
    return rows


#: Organisations that can be given work to do.
UNITS = (Organisation.Kind.chain_office, Organisation.Kind.department, Organisation.Kind.county)


def directory(*kinds: str, words: str = "") -> QuerySet[Organisation]:
    """Organisations of these kinds by name. That they exist is no secret to anybody signed in."""
    rows = Organisation.objects.filter(kind__in=kinds)
    return rows.filter(name__icontains=words) if words else rows


def delegations(actor: Actor) -> QuerySet[Delegation]:
    """What the person has lent and what they stand in for, latest first."""
    own = Q(holding__person=actor.person_id) | Q(to=actor.person_id)
    return Delegation.objects.filter(own).select_related(
        "holding__person", "holding__post__organisation", "to"
    )


def possible_delegates(actor: Actor) -> QuerySet[Person]:
    """Active people who may stand in for the actor in the present post, by name."""
    held: dict[object, list[Actor]] = {}
    rows = Holding.objects.on(clock.today()).filter(person__state=Person.State.active)
    for row in rows.select_related("person", "post__organisation"):
        held.setdefault(row.person_id, []).append(actor_of(row.person, row))
    fit = [person for person, posts in held.items() if may_stand_in(actor, posts).allowed]
    return Person.objects.filter(pk__in=fit).order_by("name")


def addressed(
    *,
    organisation_id: object = None,
    person_id: object = None,
    role: str = "",
    chains: Iterable[str | None] = (),
) -> set[object]:
    """Ids of the people whom a word to an organisation, a person in it, or a role of these chains reaches today.

    Whoever stands in for one of them is reached too. Without chains the role is meant everywhere.
    """
    rows = Holding.objects.on(clock.today()).filter(person__state=Person.State.active)
    if organisation_id is not None:
        rows = rows.filter(post__organisation_id=organisation_id)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    wanted = {chain for chain in chains if chain is not None}
    if role:
        rows = rows.filter(post__role=role)
    held = [
        row
        for row in rows.select_related("post__organisation")
        if not role
        or not wanted
        or not wanted.isdisjoint({*row.post.organisation.chains})
        or ALL_CHAINS in row.post.organisation.chains
    ]
    standing_in = Delegation.objects.on(clock.today()).filter(holding__in=held).values_list("to", flat=True)
    return {row.person_id for row in held} | set(standing_in)


def serves_in(person_id: object, organisation_id: object) -> bool:
    """Whether the person holds a post in the organisation today."""
    held = Holding.objects.on(clock.today()).filter(
        post__organisation_id=organisation_id, person_id=person_id
    )
    return held.exists()


def organisation(organisation_id: object) -> Organisation | None:
    """One organisation by its id; None for anything that is no such id."""
    try:
        return Organisation.objects.filter(pk=organisation_id).first()
    except (ValidationError, ValueError):
        return None
