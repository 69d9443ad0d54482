"""The three administrators (三员分立): one creates, another approves, a third reads the journal."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import Role, Scope, Verb
from lianzhang.kernel import Text

#: States of an account that may be given posts and links.
_LIVING = frozenset({"active", "proposed"})
_SYSTEM = MappingProxyType({Role.system_admin: Scope.everywhere})
_SECURITY = MappingProxyType({Role.security_admin: Scope.another_person})
_SECURITY_SEES = MappingProxyType(
    {Role.system_admin: Scope.everywhere, Role.security_admin: Scope.everywhere}
)
_AUDIT = MappingProxyType({Role.audit_admin: Scope.everywhere})

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        # System administrator: creates, cannot approve
        "organisation.see": Verb(Text("查看单位", "see organisations"), _SECURITY_SEES, reads=True),
        "organisation.create": Verb(Text("新建单位", "create an organisation"), _SYSTEM),
        "person.see": Verb(Text("查看人员", "see people"), _SECURITY_SEES, reads=True),
        "person.create": Verb(Text("新建账号（待批准）", "propose an account"), _SYSTEM),
        "post.propose": Verb(
            Text("提出任职（待批准）", "propose a post for a person"),
            _SYSTEM,
            states=_LIVING,
        ),
        "post.end": Verb(Text("结束任职", "end a post"), _SYSTEM),
        "link.issue": Verb(
            Text("签发一次性链接（待批准）", "issue a one-time link"),
            _SYSTEM,
            states=_LIVING,
        ),
        # Security administrator: approves, cannot create
        "person.approve": Verb(
            Text("批准账号", "approve an account"), _SECURITY, states=frozenset({"proposed"})
        ),
        "person.refuse": Verb(
            Text("不批准账号", "refuse an account"), _SECURITY, states=frozenset({"proposed"})
        ),
        "person.disable": Verb(
            Text("停用账号", "disable an account"), _SECURITY, states=frozenset({"active"})
        ),
        "person.enable": Verb(
            Text("重新启用账号", "enable an account again"), _SECURITY, states=frozenset({"disabled"})
        ),
        "post.approve": Verb(Text("批准任职", "approve a post"), _SECURITY),
        "post.refuse": Verb(Text("不批准任职", "refuse a post"), _SECURITY),
        "link.approve": Verb(Text("批准一次性链接", "approve a one-time link"), _SECURITY),
        "session.end": Verb(Text("终止他人会话", "end a person's sessions"), _SECURITY),
        "factor.remove": Verb(Text("解除他人的第二因素", "remove a person's second factor"), _SECURITY),
        # Audit administrator: reads the journal, nothing else
        "journal.see": Verb(Text("查看操作日志", "see the journal"), _AUDIT, reads=True),
        "journal.verify": Verb(Text("校验操作日志", "verify the journal"), _AUDIT, reads=True),
    }
)
