"""The one question of permission: may this actor do this to that subject, and if not, why?

Identities follow the offices of a chain-chief system (链长制). The three administrators are separated
as GB/T 22239-2019 8.1.5 asks (三员分立): one creates accounts, another approves them, a third reads the
journal, and none of them sees the business of the chains.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

from lianzhang.casework.verbs import ADMINISTRATORS, VERBS, Role, Scope, Verb
from lianzhang.kernel import Text

__all__ = [
    "ADMINISTRATORS",
    "ANONYMOUS",
    "PROGRAM",
    "VERBS",
    "Actor",
    "Allowed",
    "Refused",
    "Role",
    "Scope",
    "Subject",
    "Verb",
    "may",
    "may_ever",
    "posts_clash",
]

#: An organisation that serves every chain lists this instead of chain ids.
ALL_CHAINS = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person in the post through which they act now; ids are UUID texts."""

    person_id: str | None
    name: str
    role: Role
    holding_id: str | None = None
    organisation_id: str | None = None
    organisation_name: str = ""
    organisation_kind: str = ""
    region_code: str | None = None
    chains: frozenset[str] = field(default_factory=frozenset)
    #: The holder of the post, when the person acts in it for them.
    for_person_id: str | None = None
    for_name: str = ""

    @property
    def signature(self) -> str:
        """Whose act it is, in words: both names when one acts for another."""
        return f"{self.name} 代 {self.for_name}" if self.for_person_id else self.name

    @property
    def hands(self) -> frozenset[str]:
        """Everybody whose act it is: the person, and the one for whom they act."""
        return frozenset(one for one in (self.person_id, self.for_person_id) if one is not None)

    @property
    def is_signed_in(self) -> bool:
        """Whether a person stands behind the actor."""
        return self.person_id is not None


@dataclass(frozen=True, slots=True)
class Subject:
    """What the act is about. An absent dimension means that it does not apply to this thing."""

    kind: str
    id: object = None
    organisation_id: object = None
    region_code: str | None = None
    chain: str | None = None
    enterprise: object = None
    state: str | None = None
    public: bool = False

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id is not None else self.kind


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes."""

    @property
    def allowed(self) -> bool:
        """Always true."""
        return True


@dataclass(frozen=True, slots=True)
class Refused:
    """No, and the reason in words for the person who asked."""

    reason: Text

    @property
    def allowed(self) -> bool:
        """Always false."""
        return False


ANONYMOUS = Actor(person_id=None, name="访客", role=Role.visitor)
#: The installation itself, which sets up the first accounts. Through `may` it is allowed nothing.
PROGRAM = Actor(person_id=None, name="系统", role=Role.program)


def may(actor: Actor, verb: str, subject: Subject) -> Allowed | Refused:
    """Whether `actor` may do `verb` to `subject`. Raises KeyError for a verb nobody declared."""
    rule = VERBS[verb]
    if subject.public and rule.reads and actor.role not in ADMINISTRATORS and actor.role is not Role.program:
        return Allowed()
    by_role = may_ever(actor, verb)
    if isinstance(by_role, Refused):
        return by_role
    if rule.states is not None and subject.state is not None and subject.state not in rule.states:
        return Refused(
            Text(
                f"当前状态不能“{rule.label.zh}”。",
                f"In its present state this cannot be done: {rule.label.en}.",
            )
        )
    return _WITHIN[rule.scopes[actor.role]](actor, rule, subject)


def may_ever(actor: Actor, verb: str) -> Allowed | Refused:
    """Whether the actor's role may do `verb` to anything at all: the question of menus and addresses."""
    rule = VERBS[verb]
    if actor.role in rule.scopes:
        return Allowed()
    if not actor.is_signed_in and actor.role is Role.visitor:
        return Refused(Text(f"“{rule.label.zh}”需要先登录。", f"Sign in first: {rule.label.en}."))
    label, role = rule.label, actor.role.label
    return Refused(
        Text(
            f"“{label.zh}”不属于{role.zh}的职责；由{_holders(rule, 'zh')}办理。",
            f"“{label.en}” is not a duty of the {role.en}; it belongs to: {_holders(rule, 'en')}.",
        )
    )


def posts_clash(first: Role, second: Role) -> bool:
    """Whether one person may not hold both roles at the same time (三员分立).

    An administrator holds no other role at all: neither a second administrator's nor one with business.
    """
    return first is not second and (first in ADMINISTRATORS or second in ADMINISTRATORS)


def _holders(rule: Verb, language: str) -> str:
    joint = "、" if language == "zh" else ", "
    return joint.join(role.label.say(language) for role in rule.scopes)


def _everywhere(actor: Actor, rule: Verb, subject: Subject) -> Allowed | Refused:
    return Allowed()


def _own_chains(actor: Actor, rule: Verb, subject: Subject) -> Allowed | Refused:
    if subject.chain is None:
        if _same(subject.organisation_id, actor.organisation_id):
            return Allowed()
    elif subject.chain in actor.chains or ALL_CHAINS in actor.chains:
        return Allowed()
    return Refused(
        Text("这不属于您所负责的产业链。", "This belongs to an industry chain that is not in your charge.")
    )


def _own_county(actor: Actor, rule: Verb, subject: Subject) -> Allowed | Refused:
    if actor.region_code and subject.region_code:
        if subject.region_code == actor.region_code:
            return Allowed()
        if rule.reads and _lies_above(subject.region_code, actor.region_code):
            return Allowed()
    return Refused(Text("这不属于您所在的县（市、区）。", "This belongs to a county that is not yours."))


def _own_organisation(actor: Actor, rule: Verb, subject: Subject) -> Allowed | Refused:
    if _same(subject.organisation_id, actor.organisation_id):
        return Allowed()
    return Refused(Text("这属于其他单位。", "This belongs to another organisation."))


def _own_enterprise(actor: Actor, rule: Verb, subject: Subject) -> Allowed | Refused:
    if _same(subject.enterprise, actor.organisation_id):
        return Allowed()
    return Refused(Text("这属于其他企业。", "This belongs to another enterprise."))


def _oneself(actor: Actor, rule: Verb, subject: Subject) -> Allowed | Refused:
    if _same(subject.id, actor.person_id):
        return Allowed()
    return Refused(Text("这是他人的账号。", "This is somebody else's account."))


def _another_person(actor: Actor, rule: Verb, subject: Subject) -> Allowed | Refused:
    if actor.person_id is not None and not _same(subject.id, actor.person_id):
        return Allowed()
    return Refused(Text("不能审批自己的账号。", "Nobody decides about their own account."))


def _published(actor: Actor, rule: Verb, subject: Subject) -> Allowed | Refused:
    if subject.public:
        return Allowed()
    return Refused(Text("这项内容尚未公开。", "This has not been published."))


def _same(left: object, right: object) -> bool:
    return left is not None and right is not None and str(left) == str(right)


def _lies_above(outer: str, inner: str) -> bool:
    """Whether the region code `outer` is the city or province of `inner`: 371500 lies above 371523."""
    stem = outer[:2] if outer.endswith("0000") else outer[:4] if outer.endswith("00") else ""
    return bool(stem) and len(outer) == len(inner) and inner.startswith(stem)


_WITHIN = MappingProxyType(
    {
        Scope.everywhere: _everywhere,
        Scope.own_chains: _own_chains,
        Scope.own_county: _own_county,
        Scope.own_organisation: _own_organisation,
        Scope.own_enterprise: _own_enterprise,
        Scope.oneself: _oneself,
        Scope.another_person: _another_person,
        Scope.published: _published,
    }
)
