"""Requests of enterprises, the notices about them, and the working calendar."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import SIGNED_IN, Role, Scope, Verb
from lianzhang.kernel import Text

_PARTIES = {
    Role.chief: Scope.own_chains,
    Role.chain_officer: Scope.own_chains,
    Role.department_officer: Scope.own_organisation,
    Role.county_officer: Scope.own_organisation,
    Role.enterprise_user: Scope.own_enterprise,
}
#: Everybody to whom a case can come.
_AT_WORK = (*_PARTIES, Role.institute_contact, Role.bank_contact)
_SEE = {**_PARTIES, Role.county_officer: Scope.own_county}

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "request.see": Verb(Text("查看诉求", "see requests"), MappingProxyType(_SEE), reads=True),
        "request.file": Verb(
            Text("提诉求", "file a request"), MappingProxyType({Role.enterprise_user: Scope.own_enterprise})
        ),
        "request.file_for": Verb(
            Text("代企业登记诉求", "file a request for a firm"),
            MappingProxyType(
                {
                    Role.chain_officer: Scope.own_chains,
                    Role.department_officer: Scope.own_organisation,
                    Role.county_officer: Scope.own_county,
                }
            ),
        ),
        "request.import": Verb(
            Text("成批登记诉求", "file a table of requests"),
            MappingProxyType({Role.chain_officer: Scope.own_chains}),
        ),
        "request.act": Verb(Text("办理诉求", "act on a request"), MappingProxyType(_PARTIES)),
        "request.figures": Verb(
            Text("查看诉求办理情况", "see the figures of requests"),
            MappingProxyType(
                {
                    Role.chief: Scope.own_chains,
                    Role.chain_officer: Scope.own_chains,
                    Role.department_officer: Scope.own_organisation,
                    Role.county_officer: Scope.own_county,
                    Role.analyst: Scope.everywhere,
                }
            ),
            reads=True,
        ),
        "desk.see": Verb(
            Text("查看我的待办和消息", "see what waits for one, and notices"),
            MappingProxyType(dict.fromkeys(_AT_WORK, Scope.everywhere)),
            reads=True,
        ),
        "calendar.see": Verb(
            Text("查看工作日历", "see the working calendar"),
            MappingProxyType(dict.fromkeys(SIGNED_IN, Scope.everywhere)),
            reads=True,
        ),
        "calendar.enter": Verb(
            Text("录入工作日历", "enter the working calendar"),
            MappingProxyType({Role.system_admin: Scope.everywhere}),
        ),
    }
)
