"""Projects, their factor guarantees, and quality projects."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import Role, Scope, Verb
from lianzhang.kernel import Text

_TABLE = {Role.chief: Scope.own_chains, Role.chain_officer: Scope.own_chains}
_SEE = MappingProxyType(
    {
        **_TABLE,
        Role.department_officer: Scope.own_chains,
        Role.county_officer: Scope.own_county,
        Role.analyst: Scope.everywhere,
    }
)
_ACT = MappingProxyType(
    {**_TABLE, Role.department_officer: Scope.own_organisation, Role.county_officer: Scope.own_organisation}
)

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "project.see": Verb(Text("查看项目", "see projects"), _SEE, reads=True),
        "project.begin": Verb(
            Text("登记项目", "register a project"),
            MappingProxyType({Role.chain_officer: Scope.own_chains, Role.county_officer: Scope.own_county}),
        ),
        "project.act": Verb(Text("推进项目", "move a project on"), _ACT),
        "factor.see": Verb(Text("查看要素保障", "see factor guarantees"), _SEE, reads=True),
        "factor.act": Verb(Text("办理要素保障", "act on a factor guarantee"), _ACT),
    }
)
