"""Lists behind the map: reading them, keeping them, confirming them, patrols that fill them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import Role, Scope, Verb
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
_KEEPERS = MappingProxyType({Role.chain_officer: Scope.own_chains, Role.county_officer: Scope.own_county})
_OFFICE = MappingProxyType({Role.chain_officer: Scope.own_chains})

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "ledger.see": Verb(Text("查看清单", "see the lists behind the map"), _READERS, reads=True),
        "ledger.write": Verb(Text("登记和推进清单", "keep the lists behind the map"), _KEEPERS),
        "ledger.inspect": Verb(Text("登记问链、巡链、诊链", "record inquiries, patrols, diagnoses"), _OFFICE),
        "ledger.progress": Verb(Text("填报十项举措进度", "report the ten building actions"), _KEEPERS),
    }
)
