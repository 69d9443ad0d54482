"""The sub-field a county chooses, and the plans that are written from it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import CHAIN_OFFICE, Role, Scope, Verb
from lianzhang.kernel import Text

_READERS = MappingProxyType(
    {
        Role.chief: Scope.own_chains,
        Role.chain_officer: Scope.own_chains,
        Role.department_officer: Scope.own_chains,
        Role.county_officer: Scope.own_county,
        Role.analyst: Scope.everywhere,
    }
)

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "plan.see": Verb(Text("查看细分领域与方案", "see sub-fields and plans"), _READERS, reads=True),
        "choice.propose": Verb(
            Text("上报本县选定的细分领域", "propose the county's sub-field"),
            MappingProxyType({Role.county_officer: Scope.own_county}),
        ),
        "choice.confirm": Verb(Text("确认县区选定的细分领域", "confirm a county's sub-field"), CHAIN_OFFICE),
    }
)
