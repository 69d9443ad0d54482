"""Lists of measures, the exemption desk, and what an enterprise sees of both."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import SIGNED_IN, Role, Scope, Verb
from lianzhang.kernel import Text

#: The three administrators and people without a post have no business with measures.
_BUSINESS = frozenset(SIGNED_IN) - {
    Role.system_admin,
    Role.security_admin,
    Role.audit_admin,
    Role.without_post,
}
_DRAFTERS = MappingProxyType(
    {Role.department_officer: Scope.own_organisation, Role.chain_officer: Scope.own_organisation}
)
_REVIEWERS = MappingProxyType(
    {Role.department_officer: Scope.everywhere, Role.chain_officer: Scope.everywhere}
)
_OFFICERS = MappingProxyType(
    {
        Role.chief: Scope.everywhere,
        Role.chain_officer: Scope.everywhere,
        Role.department_officer: Scope.everywhere,
        Role.analyst: Scope.everywhere,
    }
)
_OWN_ENTERPRISE = MappingProxyType({Role.enterprise_user: Scope.own_enterprise})

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "measure.see": Verb(
            Text("查看服务清单和政策", "see lists of measures and policies"),
            MappingProxyType(dict.fromkeys(sorted(_BUSINESS), Scope.everywhere)),
            reads=True,
        ),
        "measure.prepare": Verb(Text("查看草拟中的清单", "see lists in preparation"), _OFFICERS, reads=True),
        "measure.draft": Verb(Text("草拟清单并送审", "draft a list and send it to review"), _DRAFTERS),
        "measure.review": Verb(Text("法制审核", "review a list legally"), _REVIEWERS),
        "measure.review_competition": Verb(
            Text("公平竞争审查", "review a list for fair competition"),
            MappingProxyType({Role.department_officer: Scope.everywhere}),
        ),
        "measure.approve": Verb(
            Text("批准清单", "approve a list"),
            MappingProxyType({Role.chief: Scope.everywhere, Role.chain_officer: Scope.everywhere}),
        ),
        "measure.publish": Verb(Text("公布、暂停、废止清单", "publish, suspend or repeal a list"), _DRAFTERS),
        "exemption.see": Verb(
            Text("查看轻微免罚研判", "see studies of minor exemption"),
            MappingProxyType({Role.department_officer: Scope.own_organisation}),
            reads=True,
        ),
        "exemption.study": Verb(
            Text("登记并研判轻微违法", "enter and study a minor violation"),
            MappingProxyType({Role.department_officer: Scope.own_organisation}),
        ),
        "exemption.approve": Verb(
            Text("审批轻微免罚意见", "approve the opinion on a minor violation"),
            MappingProxyType({Role.department_officer: Scope.own_organisation}),
        ),
        "subscription.keep": Verb(
            Text("订阅截止和变化提醒", "follow deadlines and changes"),
            MappingProxyType(dict.fromkeys(sorted(_BUSINESS), Scope.everywhere)),
        ),
        "match.see": Verb(
            Text("查看本企业可享政策和培育阶梯", "see what one's enterprise is entitled to"),
            _OWN_ENTERPRISE,
            reads=True,
        ),
        "match.answer": Verb(
            Text("补充本企业信息", "answer questions about one's enterprise"), _OWN_ENTERPRISE
        ),
        "match.study": Verb(
            Text("查看任一企业的政策匹配", "see the matches of any enterprise"), _OFFICERS, reads=True
        ),
    }
)
