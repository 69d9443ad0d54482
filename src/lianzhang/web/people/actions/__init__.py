"""Writes of people and sign-in: one file per thing that is done."""

from lianzhang.web.people.actions.approve import (
    approve_holding,
    approve_link,
    approve_person,
    refuse_holding,
    refuse_person,
)
from lianzhang.web.people.actions.install import Account, Member, first_administrators, install_people
from lianzhang.web.people.actions.issue_link import issue_link
from lianzhang.web.people.actions.organisation import create_organisation, post_in
from lianzhang.web.people.actions.propose import end_holding, propose_holding, propose_person
from lianzhang.web.people.actions.propose_account import propose_account
from lianzhang.web.people.actions.state import (
    disable_person,
    enable_person,
    end_sessions,
    remove_second_factor,
)

__all__ = [
    "Account",
    "Member",
    "approve_holding",
    "approve_link",
    "approve_person",
    "create_organisation",
    "disable_person",
    "enable_person",
    "end_holding",
    "end_sessions",
    "first_administrators",
    "install_people",
    "issue_link",
    "post_in",
    "propose_account",
    "propose_holding",
    "propose_person",
    "refuse_holding",
    "refuse_person",
    "remove_second_factor",
]
