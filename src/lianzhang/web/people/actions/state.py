"""Stop and restart accounts, end sessions, remove a lost second factor: the security administrator's acts."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import Conflict, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.models import LoginSession, Person
from lianzhang.web.people.permission import require_for


def disable_person(person: Person, *, actor: Actor) -> None:
    """Stop an account at once: its sessions and unused links end too."""
    _change(person, actor, "person.disable", Person.State.active, Person.State.disabled)


def enable_person(person: Person, *, actor: Actor) -> None:
    """Let a stopped account sign in again."""
    _change(person, actor, "person.enable", Person.State.disabled, Person.State.active)


def end_sessions(person: Person, *, actor: Actor) -> int:
    """End all sessions of a person; returns how many there were."""
    require_for(actor, "session.end", Subject("person", person.pk))
    with transaction.atomic():
        count, _ = LoginSession.objects.filter(person=person).delete()
        record(actor, "session.end", f"person:{person.pk}", after={"ended": count})
    return count


def remove_second_factor(person: Person, *, actor: Actor) -> None:
    """Take a lost telephone out of the way; the person's password is asked for as before."""
    require_for(actor, "factor.remove", Subject("person", person.pk))
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(second_factor="", version=F("version") + 1)
        LoginSession.objects.filter(person=person).delete()
        record(actor, "factor.remove", f"person:{person.pk}")


def _change(person: Person, actor: Actor, verb: str, before: Person.State, after: Person.State) -> None:
    require_for(actor, verb, Subject("person", person.pk, state=person.state))
    with transaction.atomic():
        rows = Person.objects.filter(pk=person.pk, state=before)
        if not rows.update(state=after, version=F("version") + 1):
            raise Conflict(
                Text("账号状态已被他人改变。", "Somebody changed the state of this account."),
                Text("请刷新页面再试。", "Reload the page and try again."),
            )
        if after is Person.State.disabled:
            LoginSession.objects.filter(person=person).delete()
            person.links.filter(used=None).delete()
        record(actor, verb, f"person:{person.pk}", {"state": str(before)}, {"state": str(after)})
    person.refresh_from_db()
