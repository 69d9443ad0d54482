"""Needs of firms paired with an institute or a bank, by consent."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import Role, Scope, Verb
from lianzhang.kernel import Text

_ALL = MappingProxyType(
    {
        Role.chain_officer: Scope.own_chains,
        Role.enterprise_user: Scope.own_enterprise,
        Role.institute_contact: Scope.own_organisation,
        Role.bank_contact: Scope.own_organisation,
    }
)

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "need.see": Verb(Text("查看供需对接", "see needs"), _ALL, reads=True),
        "need.raise": Verb(
            Text("提出需求", "raise a need"), MappingProxyType({Role.enterprise_user: Scope.own_enterprise})
        ),
        "need.act": Verb(Text("办理供需对接", "act on a need"), _ALL),
    }
)
