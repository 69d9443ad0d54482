"""Switch a person's own second factor on and off, and use its codes."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from lianzhang.casework import Actor
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people import second_factor
from lianzhang.web.people.models import Person
from lianzhang.web.people.sealing import seal


def use_code(person: Person, code: str) -> bool:
    """Whether `code` is right now and unused; asking uses it up, also against a try at the same moment."""
    seed = second_factor.seed_of(person)
    if seed is None:
        return False
    step = second_factor.matching_step(seed, code, after=person.second_factor_step)
    if step is None:
        return False
    rows = Person.objects.filter(pk=person.pk, second_factor_step__lt=step)
    return rows.update(second_factor_step=step) == 1


def switch_on(actor: Actor, person: Person, seed: bytes, code: str) -> bool:
    """Keep `seed` once the person shows a code made from it; False when the code is wrong."""
    step = second_factor.matching_step(seed, code)
    if step is None:
        return False
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(
            second_factor=seal(seed, purpose=second_factor.PURPOSE),
            second_factor_step=step,
            version=F("version") + 1,
        )
        record(actor, "factor.on", f"person:{person.pk}")
    return True


def switch_off(actor: Actor, person: Person, code: str) -> bool:
    """Forget the seed; a valid code is asked for, so that an unlocked screen is not enough."""
    with transaction.atomic():
        if not use_code(person, code):
            return False
        Person.objects.filter(pk=person.pk).update(second_factor="", version=F("version") + 1)
        record(actor, "factor.off", f"person:{person.pk}")
    return True
