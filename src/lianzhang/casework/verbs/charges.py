"""Enterprises in somebody's charge."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import CHAIN_OFFICE, Role, Scope, Verb
from lianzhang.kernel import Text

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "charge.see": Verb(
            Text("查看包保企业", "see enterprises in one's charge"),
            MappingProxyType({Role.chief: Scope.own_chains, Role.chain_officer: Scope.own_chains}),
            reads=True,
        ),
        "charge.give": Verb(Text("分配包保企业", "put enterprises in somebody's charge"), CHAIN_OFFICE),
    }
)
