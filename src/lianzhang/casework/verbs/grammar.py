"""What a permission is made of: a verb, the roles that have it, and how far each role's arm reaches."""

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


#: Everybody with an account.
SIGNED_IN: tuple[Role, ...] = tuple(role for role in Role if role not in {Role.visitor, Role.program})

#: Reading the figures of a chain.
READERS: Mapping[Role, Scope] = MappingProxyType(
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
CHAIN_OFFICE: Mapping[Role, Scope] = MappingProxyType({Role.chain_officer: Scope.own_chains})
