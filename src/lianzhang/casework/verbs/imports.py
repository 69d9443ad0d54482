"""Tables brought into the registry: who brings them, sees them through and takes them back."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import Role, Scope, Verb
from lianzhang.kernel import Text

#: What a file writes is asked again for each enterprise by the verbs of the registry.
_BRINGERS = MappingProxyType(
    {
        Role.chain_officer: Scope.everywhere,
        Role.department_officer: Scope.own_organisation,
        Role.county_officer: Scope.own_organisation,
    }
)

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "import.see": Verb(Text("查看导入记录", "see imports"), _BRINGERS, reads=True),
        "import.bring": Verb(Text("导入表格", "import a table"), _BRINGERS),
        "import.undo": Verb(Text("撤销一次导入", "undo an import"), _BRINGERS, states=frozenset({"done"})),
    }
)
