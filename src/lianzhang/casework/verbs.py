"""The table of permissions: every verb, the roles that have it, and how far each role's arm reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from lianzhang.kernel import Text


class Role(StrEnum):
    """What a post is for. `program` is the installation itself and never a person's role."""

    chief = "chief"
    chain_officer = "chain_officer"
    department_officer = "department_officer"
    county_officer = "county_officer"
    institute_contact = "institute_contact"
    bank_contact = "bank_contact"
    enterprise_user = "enterprise_user"
    analyst = "analyst"
    system_admin = "system_admin"
    security_admin = "security_admin"
    audit_admin = "audit_admin"
    #: Signed in, but no post is current: may look after the account and nothing else.
    without_post = "without_post"
    visitor = "visitor"
    program = "program"

    @property
    def label(self) -> Text:
        """The role in the words of the offices."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = MappingProxyType(
    {
        Role.chief: Text("链长", "chain chief"),
        Role.chain_officer: Text("链长办工作人员", "chain-office officer"),
        Role.department_officer: Text("部门工作人员", "department officer"),
        Role.county_officer: Text("县（市、区）工作人员", "county officer"),
        Role.institute_contact: Text("一链一院联系人", "institute contact"),
        Role.bank_contact: Text("一链一行联系人", "bank contact"),
        Role.enterprise_user: Text("企业用户", "enterprise user"),
        Role.analyst: Text("分析人员", "analyst"),
        Role.system_admin: Text("系统管理员", "system administrator"),
        Role.security_admin: Text("安全管理员", "security administrator"),
        Role.audit_admin: Text("审计管理员", "audit administrator"),
        Role.without_post: Text("尚无任职的人员", "person without a post"),
        Role.visitor: Text("访客", "visitor"),
        Role.program: Text("系统", "the program"),
    }
)

#: 三员: at most one of these per person, and nothing else beside it.
ADMINISTRATORS = frozenset({Role.system_admin, Role.security_admin, Role.audit_admin})


class Scope(StrEnum):
    """How far a permission reaches."""

    everywhere = "everywhere"
    own_chains = "own_chains"
    own_county = "own_county"
    own_organisation = "own_organisation"
    own_enterprise = "own_enterprise"
    oneself = "oneself"
    another_person = "another_person"
    published = "published"

    @property
    def label(self) -> Text:
        """The reach in words, as the page of permissions shows it."""
        return _SCOPE_LABELS[self]


_SCOPE_LABELS = MappingProxyType(
    {
        Scope.everywhere: Text("全部", "everywhere"),
        Scope.own_chains: Text("所负责的产业链", "chains in one's charge"),
        Scope.own_county: Text("本县（市、区）", "one's own county"),
        Scope.own_organisation: Text("本单位", "one's own organisation"),
        Scope.own_enterprise: Text("本企业", "one's own enterprise"),
        Scope.oneself: Text("本人", "oneself"),
        Scope.another_person: Text("他人的账号", "other people's accounts"),
        Scope.published: Text("已公开内容", "what has been published"),
    }
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One kind of act.

    `scopes` maps each role that has the verb to its reach. `reads` marks acts that change nothing: these
    are open to everybody on published things, and county officers may read what lies above their county.
    `states` are the states of the subject in which the act makes sense; None = the act itself decides.
    """

    label: Text
    scopes: Mapping[Role, Scope]
    reads: bool = False
    states: frozenset[str] | None = None


_SIGNED_IN: tuple[Role, ...] = tuple(role for role in Role if role not in {Role.visitor, Role.program})
_EVERYBODY = MappingProxyType(dict.fromkeys(_SIGNED_IN, Scope.everywhere))
_ONESELF = MappingProxyType(dict.fromkeys(_SIGNED_IN, Scope.oneself))
#: States of an account that may be given posts and links.
_LIVING = frozenset({"active", "proposed"})

#: Reading the figures of a chain.
_READERS = MappingProxyType(
    {
        Role.chief: Scope.own_chains,
        Role.chain_officer: Scope.own_chains,
        Role.department_officer: Scope.own_chains,
        Role.county_officer: Scope.own_county,
        Role.institute_contact: Scope.published,
        Role.bank_contact: Scope.published,
        Role.enterprise_user: Scope.published,
        Role.analyst: Scope.everywhere,
    }
)
#: Reading the bulletins themselves, which hold more than was accepted.
_BULLETIN_READERS = MappingProxyType(
    {
        Role.chief: Scope.own_chains,
        Role.chain_officer: Scope.own_chains,
        Role.department_officer: Scope.own_chains,
        Role.analyst: Scope.everywhere,
    }
)
_CHAIN_OFFICE = MappingProxyType({Role.chain_officer: Scope.own_chains})
_SYSTEM = MappingProxyType({Role.system_admin: Scope.everywhere})
_SECURITY = MappingProxyType({Role.security_admin: Scope.another_person})
_SECURITY_SEES = MappingProxyType(
    {Role.system_admin: Scope.everywhere, Role.security_admin: Scope.everywhere}
)
_AUDIT = MappingProxyType({Role.audit_admin: Scope.everywhere})

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        # Everybody signed in
        "home.see": Verb(Text("打开首页", "open the first page"), _EVERYBODY, reads=True),
        "account.see": Verb(Text("查看本人账号", "see one's own account"), _ONESELF, reads=True),
        "account.change": Verb(
            Text("修改本人口令和第二因素", "change one's own password and second factor"), _ONESELF
        ),
        "identity.switch": Verb(Text("切换当前身份", "switch the present identity"), _ONESELF),
        "permission.see": Verb(Text("查看本人权限", "see one's own permissions"), _ONESELF, reads=True),
        # Bulletins and what is read out of them
        "bulletin.see": Verb(Text("查看通报", "see bulletins"), _BULLETIN_READERS, reads=True),
        "bulletin.upload": Verb(Text("上传通报", "upload a bulletin"), _CHAIN_OFFICE),
        "bulletin.review": Verb(Text("审核通报", "review a bulletin"), _CHAIN_OFFICE),
        "claim.accept": Verb(Text("接受一条事实", "accept a claim"), _CHAIN_OFFICE),
        "claim.edit": Verb(Text("修改一条事实", "edit a claim"), _CHAIN_OFFICE),
        "claim.drop": Verb(Text("弃用一条事实", "drop a claim"), _CHAIN_OFFICE),
        "claim.undo": Verb(Text("撤销对一条事实的决定", "undo a decision on a claim"), _CHAIN_OFFICE),
        # Accepted figures and the pages made of them
        "fact.see": Verb(Text("查看已入库事实", "see accepted facts"), _READERS, reads=True),
        "fact.withdraw": Verb(Text("撤回已入库事实", "withdraw an accepted fact"), _CHAIN_OFFICE),
        "chain.see": Verb(Text("查看产业链页面", "see the page of a chain"), _READERS, reads=True),
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
