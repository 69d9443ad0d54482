"""Propose an account with its first post and its link in one step."""

from __future__ import annotations

from django.db import transaction

from lianzhang.casework import Actor, Role
from lianzhang.web.people.actions.issue_link import issue_link
from lianzhang.web.people.actions.organisation import post_in
from lianzhang.web.people.actions.propose import propose_holding, propose_person
from lianzhang.web.people.models import Organisation, Person


def propose_account(
    actor: Actor, *, username: str, name: str, organisation: Organisation, role: Role, title: str = ""
) -> tuple[Person, str]:
    """The proposed person and the address of their one-time link, which works after approval."""
    with transaction.atomic():
        person = propose_person(username=username, name=name, actor=actor)
        propose_holding(person, post_in(organisation, role, title=title, actor=actor), actor=actor)
        return person, issue_link(person, actor=actor)
