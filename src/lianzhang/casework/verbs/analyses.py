"""Measures of the city's own figures, and scenarios kept to be compared."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import Role, Scope, Verb
from lianzhang.kernel import Text

#: Those who may see every enterprise: the measures name firms of the whole city.
_READERS = MappingProxyType(
    {
        Role.chief: Scope.everywhere,
        Role.chain_officer: Scope.everywhere,
        Role.department_officer: Scope.everywhere,
        Role.analyst: Scope.everywhere,
    }
)
_KEEPERS = MappingProxyType({Role.chain_officer: Scope.everywhere, Role.analyst: Scope.everywhere})

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "analysis.see": Verb(Text("查看测算", "see analyses"), _READERS, reads=True),
        "scenario.save": Verb(Text("保存断供情景", "save outage scenarios"), _KEEPERS),
    }
)
