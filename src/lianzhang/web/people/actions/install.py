"""The first people of an installation, set up by whoever runs the program."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from lianzhang.casework import PROGRAM, Role
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.actions.issue_link import issue_link
from lianzhang.web.people.actions.organisation import create_organisation, post_in
from lianzhang.web.people.actions.password import set_password
from lianzhang.web.people.actions.propose import propose_holding, propose_person
from lianzhang.web.people.models import Holding, Organisation, Person

_ADMINISTRATORS = (
    ("sysadmin", "系统管理员", Role.system_admin),
    ("secadmin", "安全管理员", Role.security_admin),
    ("auditadmin", "审计管理员", Role.audit_admin),
)
#: No characters that are mistaken for one another when read off a screen or paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_CAPITALS = "ABCDEFGHJKMNPQRSTUVWXYZ"
_DIGITS = "23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person to be set up: in which organisation, in which post."""

    username: str
    name: str
    role: Role
    organisation: str
    organisation_kind: str
    title: str = ""
    region_code: str = ""
    chains: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What is told to the person once: the password is stored nowhere in this form."""

    person: Person
    role: Role
    organisation: str
    password: str


def install_people(members: Iterable[Member], *, must_change: bool = True) -> list[Account]:
    """Set up people who can sign in at once, each with a one-time password that is returned here only.

    For the demonstration and for a first installation. Organisations of the same name are used, not doubled;
    people whose account name exists already are left alone and not returned.
    """
    accounts = []
    with transaction.atomic():
        for member in members:
            if Person.objects.filter(username=member.username).exists():
                continue
            person = _install(member)
            password = new_password()
            set_password(PROGRAM, person, password, must_change=must_change)
            accounts.append(Account(person, member.role, member.organisation, password))
    return accounts


def first_administrators() -> list[tuple[Person, str]]:
    """The three administrators with a one-time link each; empty once anybody has an account.

    Three, because one who creates, one who approves and one who reads the journal must be different people.
    """
    if Person.objects.exists():
        return []
    made = []
    with transaction.atomic():
        for username, name, role in _ADMINISTRATORS:
            member = Member(
                username=username,
                name=name,
                role=role,
                organisation="系统管理",
                organisation_kind=Organisation.Kind.administration,
            )
            person = _install(member)
            made.append((person, issue_link(person, approved=True)))
    return made


def new_password() -> str:
    """Sixteen characters of three kinds in groups of four, about 66 bits."""
    pools = (_CAPITALS, _LETTERS, _LETTERS, _DIGITS)
    return "-".join("".join(secrets.choice(pool) for pool in pools) for _ in range(4))


def _install(member: Member) -> Person:
    organisation = Organisation.objects.filter(name=member.organisation).first() or create_organisation(
        name=member.organisation,
        kind=member.organisation_kind,
        region_code=member.region_code,
        chains=member.chains,
    )
    person = propose_person(username=member.username, name=member.name)
    post = post_in(organisation, member.role, title=member.title)
    holding = propose_holding(person, post)
    Person.objects.filter(pk=person.pk).update(state=Person.State.active)
    Holding.objects.filter(pk=holding.pk).update(state=Holding.State.active)
    record(PROGRAM, "person.install", f"person:{person.pk}", after={"role": member.role})
    person.refresh_from_db()
    return person
