"""Who may act in somebody else's post for a while (委托代行), and for how long.

A delegate acts in the post and under the rules of whoever is away; both names stand with every act. Powers
that check others cannot be lent: the three administrators never delegate, and nobody who is one of them, or is
from the other side of a case, stands in for an officer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from lianzhang.casework.roles import ALL_CHAINS, Actor, Allowed, Refused
from lianzhang.casework.verbs import ADMINISTRATORS, Role
from lianzhang.kernel import Text

#: A longer absence is a change of post.
LONGEST = timedelta(days=180)
#: Posts that can be lent to a colleague of the same organisation.
_LENDS = frozenset(
    {
        Role.chief, Role.chain_officer, Role.department_officer, Role.county_officer, Role.analyst,
        Role.institute_contact, Role.bank_contact, Role.enterprise_user,
    }
)  # fmt: skip


def may_stand_in(principal: Actor, posts: Iterable[Actor]) -> Allowed | Refused:
    """Whether somebody who holds `posts` may act in the present post of `principal`.

    Colleagues of the same organisation may; for a chain chief also another chief, and the office of a chain that
    the chief has in charge.
    """
    held = list(posts)
    if principal.for_person_id is not None:
        return Refused(Text("代行的职务不能再转托他人。", "A post held for somebody else cannot be lent on."))
    if principal.role not in _LENDS:
        return Refused(Text("这个职务不能委托他人代行。", "This post cannot be lent."))
    if any(post.role in ADMINISTRATORS for post in held):
        return Refused(
            Text(
                "系统、安全、审计管理员不能代行业务职务。", "An administrator cannot stand in for an officer."
            )
        )
    if any(post.person_id == principal.person_id for post in held):
        return Refused(Text("不能委托给自己。", "Nobody stands in for themselves."))
    if any(_is_near(principal, post) for post in held):
        return Allowed()
    return Refused(
        Text(
            "只能委托给本单位的同事；链长还可以委托其他链长或所负责产业链的链长办。",
            "Only to a colleague of one's own organisation; a chief also to another chief or to the chain's office.",
        )
    )


def term_refused(starts: date, ends: date, *, today: date, post_ends: date | None) -> Refused | None:
    """What is wrong with the days of a delegation; None when nothing is. Both days are included."""
    if ends < starts or ends < today:
        return Refused(
            Text("结束日早于开始日或今天。", "The last day lies before the first, or before today.")
        )
    if starts < today:
        return Refused(Text("开始日不能早于今天。", "It cannot begin before today."))
    if ends - starts >= LONGEST:
        return Refused(
            Text(
                "一次最长180天；更久的离岗请变更任职。",
                "180 days at most; a longer absence is a change of post.",
            )
        )
    if post_ends is not None and ends > post_ends:
        return Refused(
            Text("结束日晚于您任职的最后一天。", "The last day lies after the end of your own post.")
        )
    return None


def _is_near(principal: Actor, post: Actor) -> bool:
    if post.organisation_id is not None and post.organisation_id == principal.organisation_id:
        return True
    if principal.role is not Role.chief:
        return False
    if post.role is Role.chief:
        return True
    shared = ALL_CHAINS in post.chains or not principal.chains.isdisjoint(post.chains)
    return post.role is Role.chain_officer and shared
