"""The registry of enterprises: who sees it, who writes to it, who decides about doubts."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianzhang.casework.verbs.grammar import Role, Scope, Verb
from lianzhang.kernel import Text

#: The registry is one for the whole city: an enterprise belongs to a county, and chains share it.
_READERS = MappingProxyType(
    {
        Role.chief: Scope.everywhere,
        Role.chain_officer: Scope.everywhere,
        Role.department_officer: Scope.everywhere,
        Role.county_officer: Scope.own_county,
        Role.enterprise_user: Scope.own_enterprise,
        Role.analyst: Scope.everywhere,
    }
)
#: Restricted values, such as total assets, are for those who work with the enterprise, and for itself.
_INSIDERS = MappingProxyType(
    {
        Role.chief: Scope.everywhere,
        Role.chain_officer: Scope.everywhere,
        Role.department_officer: Scope.everywhere,
        Role.county_officer: Scope.own_county,
        Role.enterprise_user: Scope.own_enterprise,
    }
)
_WRITERS = MappingProxyType({Role.chain_officer: Scope.everywhere, Role.county_officer: Scope.own_county})
_OFFICE = MappingProxyType({Role.chain_officer: Scope.everywhere})
_TITLES = MappingProxyType({Role.chain_officer: Scope.everywhere, Role.department_officer: Scope.everywhere})
_OWNERS = MappingProxyType({Role.enterprise_user: Scope.own_enterprise})
#: An enterprise sees its own record, not the list.
_LISTS = MappingProxyType(
    {
        Role.chief: Scope.everywhere,
        Role.chain_officer: Scope.everywhere,
        Role.department_officer: Scope.everywhere,
        Role.county_officer: Scope.own_county,
        Role.analyst: Scope.everywhere,
    }
)

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        "enterprise.see": Verb(Text("查看企业档案", "see the record of an enterprise"), _READERS, reads=True),
        "enterprise.see_restricted": Verb(
            Text("查看企业的限阅数据", "see restricted values of an enterprise"), _INSIDERS, reads=True
        ),
        "enterprise.list": Verb(Text("查看企业库", "see the list of enterprises"), _LISTS, reads=True),
        "enterprise.add": Verb(Text("新增企业", "add an enterprise"), _WRITERS),
        "enterprise.change": Verb(Text("登记企业数据", "record values of an enterprise"), _WRITERS),
        "enterprise.undo": Verb(Text("撤销整批导入", "undo a whole import"), _WRITERS),
        "enterprise.judge": Verb(
            Text("判断两家是否同一企业", "judge whether two enterprises are one"), _OFFICE
        ),
        "enterprise.choose": Verb(Text("在冲突的数值中选定", "choose between contradicting values"), _OFFICE),
        "enterprise.link": Verb(
            Text("把企业单位与企业档案关联", "link an organisation with its enterprise"), _OFFICE
        ),
        "enterprise.title": Verb(Text("报送称号名单", "enter a list of titles"), _TITLES),
        "title.judge": Verb(
            Text("判断两条称号是否同一项", "judge whether two rows tell of one title"), _TITLES
        ),
        "subject.link": Verb(
            Text("确认通报里的主体是哪家企业", "confirm which enterprise a bulletin speaks of"), _OFFICE
        ),
        "contact.reveal": Verb(Text("查看完整联系电话", "see a whole telephone number"), _WRITERS),
        "correction.propose": Verb(Text("提出更正", "propose a correction"), _OWNERS),
        "correction.withdraw": Verb(Text("撤回自己提出的更正", "withdraw one's own correction"), _OWNERS),
        "correction.review": Verb(Text("审核更正", "review a correction"), _WRITERS),
    }
)
