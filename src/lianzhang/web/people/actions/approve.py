"""Decide on proposals, as the security administrator does."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import Conflict, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.models import Holding, OneTimeLink, Person
from lianzhang.web.people.permission import require_for


def approve_person(person: Person, *, actor: Actor) -> None:
    """Put a proposed account to use, together with the posts and the link proposed with it."""
    require_for(actor, "person.approve", Subject("person", person.pk, state=person.state))
    with transaction.atomic():
        _decide(person, actor, Person.State.active)
        for holding in person.holdings.filter(state=Holding.State.proposed):
            approve_holding(holding, actor=actor)
        for link in person.links.filter(approved=False, used=None):
            approve_link(link, actor=actor)
        record(actor, "person.approve", f"person:{person.pk}", {"state": "proposed"}, {"state": "active"})


def refuse_person(person: Person, *, actor: Actor) -> None:
    """Refuse a proposed account; its posts and link go with it."""
    require_for(actor, "person.refuse", Subject("person", person.pk, state=person.state))
    with transaction.atomic():
        _decide(person, actor, Person.State.refused)
        for holding in person.holdings.filter(state=Holding.State.proposed):
            refuse_holding(holding, actor=actor)
        person.links.filter(used=None).delete()
        record(actor, "person.refuse", f"person:{person.pk}", {"state": "proposed"}, {"state": "refused"})


def approve_holding(holding: Holding, *, actor: Actor) -> None:
    """Let a proposed post count."""
    require_for(actor, "post.approve", Subject("person", holding.person_id))
    _decide_holding(holding, actor, Holding.State.active, "post.approve")


def refuse_holding(holding: Holding, *, actor: Actor) -> None:
    """Refuse a proposed post."""
    require_for(actor, "post.refuse", Subject("person", holding.person_id))
    _decide_holding(holding, actor, Holding.State.refused, "post.refuse")


def approve_link(link: OneTimeLink, *, actor: Actor) -> None:
    """Let a link work that the system administrator issued."""
    require_for(actor, "link.approve", Subject("person", link.person_id))
    with transaction.atomic():
        rows = OneTimeLink.objects.filter(pk=link.pk, approved=False, used=None)
        if not rows.update(approved=True, approved_by=actor.person_id):
            raise _decided_already()
        record(actor, "link.approve", f"person:{link.person_id}")


def _decide(person: Person, actor: Actor, state: Person.State) -> None:
    rows = Person.objects.filter(pk=person.pk, state=Person.State.proposed)
    if not rows.update(state=state, decided_by=actor.person_id, version=F("version") + 1):
        raise _decided_already()
    person.refresh_from_db()


def _decide_holding(holding: Holding, actor: Actor, state: Holding.State, verb: str) -> None:
    with transaction.atomic():
        rows = Holding.objects.filter(pk=holding.pk, state=Holding.State.proposed)
        if not rows.update(state=state, decided_by=actor.person_id):
            raise _decided_already()
        record(actor, verb, f"holding:{holding.pk}", {"state": "proposed"}, {"state": str(state)})


def _decided_already() -> Conflict:
    return Conflict(
        Text("这件事已经有人处理过了。", "Somebody decided this already."),
        Text("请刷新页面查看结果。", "Reload the page to see how."),
    )
