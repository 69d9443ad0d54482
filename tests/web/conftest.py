"""People for the tests of the web: one in each role, made without waiting for anybody's approval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.people.actions import create_organisation, post_in, propose_holding, propose_person
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Holding, Organisation, Person

#: What kind of organisation each role's post is in, unless a test says otherwise.
KINDS = {
    Role.chief: "leaders",
    Role.chain_officer: "chain_office",
    Role.department_officer: "department",
    Role.county_officer: "county",
    Role.institute_contact: "institute",
    Role.bank_contact: "bank",
    Role.enterprise_user: "enterprise",
    Role.analyst: "chain_office",
    Role.system_admin: "administration",
    Role.security_admin: "administration",
    Role.audit_admin: "administration",
}
PASSWORD = "Bridge-over-Weishui-9"


def make_person(
    role: Role,
    *,
    username: str = "",
    region_code: str = "",
    chains: tuple[str, ...] = ("equipment",),
    organisation: Organisation | None = None,
    password: str = "",
) -> Person:
    """An active person in one post. Without `password` nobody can sign in but a test."""
    username = username or f"{role}{Person.objects.count()}"
    region_code = region_code or ("371526" if role is Role.county_officer else "")
    organisation = organisation or create_organisation(
        name=f"{role.label.zh}单位{Organisation.objects.count()}",
        kind=KINDS[role],
        region_code=region_code,
        chains=chains,
    )
    person = propose_person(username=username, name=f"测试{role.label.zh}")
    propose_holding(person, post_in(organisation, role))
    person.state = Person.State.active
    person.must_change_password = False
    if password:
        person.set_password(password)
    person.save()
    Holding.objects.filter(person=person).update(state=Holding.State.active)
    return person


@pytest.fixture
def person(db: Any) -> Callable[..., Person]:
    """`person(Role.chief)` makes one."""
    return make_person


@pytest.fixture
def actor(db: Any) -> Callable[..., Actor]:
    """`actor(Role.chief)` makes a person and gives the actor they are."""
    return lambda role, **named: actor_for(make_person(role, **named))


@pytest.fixture
def signed_in(db: Any) -> Callable[..., Client]:
    """`signed_in(Role.chief)` gives a browser in which a person of this role is signed in."""

    def sign_in(role_or_person: Role | Person, **named: Any) -> Client:
        someone = (
            role_or_person if isinstance(role_or_person, Person) else make_person(role_or_person, **named)
        )
        client = Client()
        client.force_login(someone)
        return client

    return sign_in
