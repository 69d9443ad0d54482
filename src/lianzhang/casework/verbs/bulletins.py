"""Bulletins, what is read out of them, and the figures and pages made of it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import CHAIN_OFFICE, READERS, Role, Scope, Verb
from lianzhang.kernel import Text

#: Reading the bulletins themselves, which hold more than was accepted.
_BULLETIN_READERS = MappingProxyType(
    {
        Role.chief: Scope.own_chains,
        Role.chain_officer: Scope.own_chains,
        Role.department_officer: Scope.own_chains,
        Role.analyst: Scope.everywhere,
    }
)

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "bulletin.see": Verb(Text("查看通报", "see bulletins"), _BULLETIN_READERS, reads=True),
        "bulletin.upload": Verb(Text("上传通报", "upload a bulletin"), CHAIN_OFFICE),
        "bulletin.review": Verb(Text("审核通报", "review a bulletin"), CHAIN_OFFICE),
        "claim.accept": Verb(Text("接受一条事实", "accept a claim"), CHAIN_OFFICE),
        "claim.edit": Verb(Text("修改一条事实", "edit a claim"), CHAIN_OFFICE),
        "claim.drop": Verb(Text("弃用一条事实", "drop a claim"), CHAIN_OFFICE),
        "claim.undo": Verb(Text("撤销对一条事实的决定", "undo a decision on a claim"), CHAIN_OFFICE),
        # Accepted figures and the pages made of them
        "fact.see": Verb(Text("查看已入库事实", "see accepted facts"), READERS, reads=True),
        "fact.withdraw": Verb(Text("撤回已入库事实", "withdraw an accepted fact"), CHAIN_OFFICE),
        "chain.see": Verb(Text("查看产业链页面", "see the page of a chain"), READERS, reads=True),
    }
)
