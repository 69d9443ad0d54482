"""What if a supplier stops (断供推演), and what the measures mean."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import Role, Scope, Verb
from lianzhang.kernel import Text

#: Those who may see every enterprise: a study names firms of the whole city.
_STUDENTS = MappingProxyType(
    {
        Role.chief: Scope.everywhere,
        Role.chain_officer: Scope.everywhere,
        Role.department_officer: Scope.everywhere,
        Role.analyst: Scope.everywhere,
    }
)

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "outage.see": Verb(Text("断供推演", "study what happens if a supplier stops"), _STUDENTS, reads=True),
        "metric.see": Verb(Text("查看指标说明", "read what the measures mean"), _STUDENTS, reads=True),
    }
)
