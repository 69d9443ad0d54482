"""Problems of chains."""

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
        "problem.see": Verb(
            Text("查看产业链问题", "see problems of chains"),
            MappingProxyType({Role.chief: Scope.own_chains, **_UNITS}),
            reads=True,
        ),
        "problem.find": Verb(Text("登记产业链问题", "record a problem of a chain"), MappingProxyType(_UNITS)),
        "problem.act": Verb(
            Text("办理产业链问题", "act on a problem of a chain"),
            MappingProxyType(
                {Role.chief: Scope.own_chains, **_UNITS, Role.county_officer: Scope.own_organisation}
            ),
        ),
    }
)
