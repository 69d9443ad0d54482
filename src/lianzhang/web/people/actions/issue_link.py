"""Issue the link with which a person sets a password once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from lianzhang.casework import PROGRAM, Actor, Subject
from lianzhang.kernel import clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.models import OneTimeLink, Person
from lianzhang.web.people.permission import require_for

_SECRET_BYTES = 32


def issue_link(person: Person, *, actor: Actor = PROGRAM, hours: int = 72, approved: bool = False) -> str:
    """Make a link that works once within `hours`, and return its address without the host name.

    A link issued by the system administrator works only after the security administrator approved it, so
    that neither alone can enter somebody's account. The program itself (`lianzhang up`) may issue an
    `approved` one: whoever runs it owns the machine.
    """
    if actor is not PROGRAM:
        require_for(actor, "link.issue", Subject("person", person.pk, state=person.state))
        approved = False
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with transaction.atomic():
        OneTimeLink.objects.filter(person=person, used=None).delete()
        OneTimeLink.objects.create(
            digest=digest_of(secret),
            person=person,
            issued_by_id=actor.person_id,
            approved=approved,
            expires=clock.now() + timedelta(hours=hours),
        )
        record(actor, "link.issue", f"person:{person.pk}", after={"hours": hours, "approved": approved})
    return reverse("people:link", args=[secret])


def digest_of(secret: str) -> str:
    """What the table keeps of a link."""
    return hashlib.sha256(secret.encode()).hexdigest()


def usable_link(secret: str) -> OneTimeLink | None:
    """The living, approved, unused link of an account in use; None does not say which of these failed."""
    return (
        OneTimeLink.objects.select_related("person")
        .filter(
            digest=digest_of(secret),
            approved=True,
            used=None,
            expires__gt=clock.now(),
            person__state=Person.State.active,
        )
        .first()
    )


def use_up(link: OneTimeLink) -> bool:
    """Mark the link used; False when somebody was faster."""
    return OneTimeLink.objects.filter(pk=link.pk, used=None).update(used=clock.now()) == 1
