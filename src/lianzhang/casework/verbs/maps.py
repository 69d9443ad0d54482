"""Maps of chains: drawing them, publishing them, saying who stands where."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import CHAIN_OFFICE, Role, Scope, Verb
from lianzhang.kernel import Text

#: Those who look behind the map: firms by name, evidence, drafts. Others see the published map alone.
_STAFF = MappingProxyType(
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
        "map.see": Verb(Text("查看产业图谱", "see the map of a chain"), _STAFF, reads=True),
        "map.edit": Verb(Text("编辑产业图谱", "edit the map of a chain"), CHAIN_OFFICE),
        "map.publish": Verb(Text("发布产业图谱", "publish the map of a chain"), CHAIN_OFFICE),
        "map.place": Verb(Text("把企业库落到图谱", "place the registry on a map"), CHAIN_OFFICE),
        "map.confirm": Verb(Text("确认企业所在环节", "confirm where an enterprise stands"), CHAIN_OFFICE),
    }
)
