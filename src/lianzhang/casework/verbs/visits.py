"""Visits to firms, patrols of the chain, and the follow-up of new arrivals."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import Role, Scope, Verb
from lianzhang.kernel import Text

_UNITS = {
    Role.chain_officer: Scope.own_chains,
    Role.department_officer: Scope.own_organisation,
    Role.county_officer: Scope.own_county,
}

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "visit.see": Verb(
            Text("查看走访", "see visits"),
            MappingProxyType({Role.chief: Scope.own_chains, **_UNITS}),
            reads=True,
        ),
        "visit.plan": Verb(Text("安排走访", "plan a visit"), MappingProxyType(_UNITS)),
        "visit.act": Verb(
            Text("登记走访", "record a visit"),
            MappingProxyType({**_UNITS, Role.county_officer: Scope.own_organisation}),
        ),
    }
)
