"""What an actor is to a case, and who owns it."""

from __future__ import annotations

from lianzhang.casework.flow.grammar import Case, Flow, Party
from lianzhang.casework.roles import ALL_CHAINS, Actor
from lianzhang.casework.verbs import Role

#: Roles whose organisations can be given a case to work on.
UNITS = frozenset({Role.department_officer, Role.county_officer, Role.chain_officer})
#: A county may ask for a factor on behalf of a project that has no firm yet.
_ASKERS = frozenset({Role.enterprise_user, Role.county_officer})
_PARTNERS = frozenset({Role.institute_contact, Role.bank_contact})


def parties_of(actor: Actor, case: Case) -> frozenset[Party]:
    """Everything that the actor is to the case; empty for strangers."""
    found = set()
    if actor.role is Role.program:
        found.add(Party.clock)
    if actor.role in _ASKERS and _is(actor, case.firm):
        found.add(Party.firm)
    if actor.role is Role.chain_officer and _in_charge(actor, case):
        found.add(Party.office)
    if actor.role is Role.chief and _in_charge(actor, case):
        found.add(Party.chief)
    if actor.role in UNITS and _is(actor, case.lead):
        found.add(Party.lead)
    if actor.role in UNITS and actor.organisation_id in case.helpers:
        found.add(Party.helper)
    if actor.role in _PARTNERS and _is(actor, case.partner):
        found.add(Party.partner)
    return frozenset(found)


def owner_of(flow: Flow, case: Case) -> tuple[Party, str | None]:
    """The one party that has to act, and its organisation; None = the office of the chain.

    Whoever was asked first keeps a case until the right unit is named (首接负责).
    """
    party = flow.state(case.state).owner
    if party is Party.office and "first_contact" in case.marks and case.lead is not None:
        return Party.lead, case.lead
    organisations = {Party.firm: case.firm, Party.lead: case.lead, Party.partner: case.partner}
    return party, organisations.get(party)


def _is(actor: Actor, organisation: str | None) -> bool:
    return organisation is not None and actor.organisation_id == organisation


def _in_charge(actor: Actor, case: Case) -> bool:
    return case.chain is None or case.chain in actor.chains or ALL_CHAINS in actor.chains
