"""The table of permissions, put together from one file for each noun."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs import (
    account,
    administration,
    analyses,
    bulletins,
    cases,
    charges,
    imports,
    ledgers,
    maps,
    measures,
    meetings,
    outages,
    pairings,
    plans,
    problems,
    projects,
    registry,
    visits,
)
from lianzhang.casework.verbs.grammar import ADMINISTRATORS, Role, Scope, Verb

__all__ = ["ADMINISTRATORS", "VERBS", "Role", "Scope", "Verb"]

#: Every verb there is, by name. The page of permissions lists them in this order.
VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        **account.VERBS,
        **bulletins.VERBS,
        **maps.VERBS,
        **ledgers.VERBS,
        **outages.VERBS,
        **analyses.VERBS,
        **plans.VERBS,
        **registry.VERBS,
        **imports.VERBS,
        **measures.VERBS,
        **cases.VERBS,
        **problems.VERBS,
        **meetings.VERBS,
        **projects.VERBS,
        **pairings.VERBS,
        **visits.VERBS,
        **charges.VERBS,
        **administration.VERBS,
    }
)
