"""The bimonthly consultation, its resolutions, and what is asked of the units before it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import CHAIN_OFFICE, Role, Scope, Verb
from lianzhang.kernel import Text

_UNITS = {Role.department_officer: Scope.own_organisation, Role.county_officer: Scope.own_organisation}
_TABLE = MappingProxyType({Role.chief: Scope.own_chains, Role.chain_officer: Scope.own_chains})
_ALL = MappingProxyType({**_TABLE, **_UNITS})

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "meeting.see": Verb(Text("查看双月协商", "see the consultations"), _ALL, reads=True),
        "meeting.prepare": Verb(Text("筹备双月协商", "prepare a consultation"), CHAIN_OFFICE),
        "meeting.act": Verb(Text("推进双月协商", "move a consultation on"), _TABLE),
        "meeting.answer": Verb(
            Text("会前书面答复议题", "answer an item in writing"), MappingProxyType(_UNITS)
        ),
        "resolution.see": Verb(Text("查看协商决定", "see resolutions"), _ALL, reads=True),
        "resolution.act": Verb(Text("办理协商决定", "act on a resolution"), _ALL),
    }
)
