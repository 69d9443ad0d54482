"""Check a name, a password and a code, with limits that hold across server processes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth import authenticate
from django.http import HttpRequest

from lianzhang.casework import ANONYMOUS
from lianzhang.web.journal.actions.record import record_refused
from lianzhang.web.people import limits
from lianzhang.web.people.actions.second_factor import use_code
from lianzhang.web.people.actions.sessions import address_of
from lianzhang.web.people.models import Person, normal_username


class Outcome(StrEnum):
    """What came of a try."""

    right = "right"
    wrong = "wrong"
    locked = "locked"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome; `wait_minutes` when locked."""

    outcome: Outcome
    person: Person | None = None
    wait_minutes: int = 0


def check_password(request: HttpRequest, username: str, password: str) -> Answer:
    """Whether name and password belong together. The answer does not tell whether the name exists."""
    name, address = normal_username(username), address_of(request)
    from_here = limits.count(limits.SIGN_IN_FROM, address)
    tried = limits.count(limits.SIGN_IN, name)
    wait = max(from_here.wait_minutes, tried.wait_minutes)
    if wait:
        _refuse(name, address, f"尝试过多，{wait} 分钟后再试")
        return Answer(Outcome.locked, wait_minutes=wait)
    person = authenticate(request, username=username, password=password)
    if not isinstance(person, Person):
        _refuse(name, address, "账号或口令不对")
        return Answer(Outcome.wrong)
    limits.uncount(from_here)
    limits.forget(limits.SIGN_IN, name)
    return Answer(Outcome.right, person)


def check_code(request: HttpRequest, person: Person, code: str) -> Answer:
    """Whether the code of the second factor is right, with a limit of its own."""
    tried = limits.count(limits.SECOND_FACTOR, str(person.pk))
    if tried.wait_minutes:
        _refuse(person.username, address_of(request), f"验证码尝试过多，{tried.wait_minutes} 分钟后再试")
        return Answer(Outcome.locked, wait_minutes=tried.wait_minutes)
    if not use_code(person, code):
        _refuse(person.username, address_of(request), "验证码不对")
        return Answer(Outcome.wrong)
    limits.forget(limits.SECOND_FACTOR, str(person.pk))
    return Answer(Outcome.right, person)


def _refuse(name: str, address: str, reason: str) -> None:
    person = Person.objects.filter(username=name).first()
    # A name nobody has may be a password typed into the wrong field: only its digest is kept.
    who = f"person:{person.pk}" if person else f"name:{hashlib.sha256(name.encode()).hexdigest()[:16]}"
    record_refused(ANONYMOUS, "session.open", who, f"{reason}（来自 {address}）")
