"""Change a password."""

from __future__ import annotations

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.models import LoginSession, OldPassword, Person

#: Hashes kept per person; the profile's rule looks at five.
_KEPT = 5


def set_password(actor: Actor, person: Person, password: str, *, must_change: bool = False) -> None:
    """Store a checked password. All sessions of the person end; the caller may open a new one."""
    with transaction.atomic():
        person.set_password(password)
        person.must_change_password = must_change
        person.password_changed = clock.now()
        person.save(update_fields=["password", "must_change_password", "password_changed"])
        OldPassword.objects.create(person=person, password=person.password)
        surplus = list(person.old_passwords.values_list("pk", flat=True)[_KEPT:])
        OldPassword.objects.filter(pk__in=surplus).delete()
        LoginSession.objects.filter(person=person).delete()
        record(actor, "password.change", f"person:{person.pk}")
