"""Propose accounts and posts, as the system administrator does; nothing works before it is approved."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from lianzhang.casework import PROGRAM, Actor, Role, Subject, posts_clash
from lianzhang.kernel import Conflict, LianzhangError, Text, clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.models import Holding, Person, Post, normal_username
from lianzhang.web.people.permission import require_for


class PostsClash(LianzhangError):
    """One person would be an administrator and something else."""


def propose_person(*, username: str, name: str, actor: Actor = PROGRAM) -> Person:
    """Add an account that waits for approval and has no password. Raises Conflict when the name is taken."""
    if actor is not PROGRAM:
        require_for(actor, "person.create", Subject("person"))
    with transaction.atomic():
        person = Person(username=normal_username(username), name=name.strip(), proposed_by_id=actor.person_id)
        person.set_unusable_password()
        person.full_clean(exclude=["password"], validate_unique=False)
        if Person.objects.filter(username=person.username).exists():
            raise Conflict(
                Text(f"账号“{person.username}”已存在。", f"The account “{person.username}” exists already."),
                Text("请换一个账号名。", "Choose another account name."),
            )
        person.save()
        record(
            actor, "person.create", f"person:{person.pk}", after={"username": person.username, "name": name}
        )
    return person


def propose_holding(
    person: Person,
    post: Post,
    *,
    actor: Actor = PROGRAM,
    starts: date | None = None,
    ends: date | None = None,
) -> Holding:
    """Propose that `person` holds `post` from `starts` (today) on. Raises PostsClash."""
    if actor is not PROGRAM:
        require_for(actor, "post.propose", Subject("person", person.pk, state=person.state))
    holding = Holding(
        person=person, post=post, starts=starts or clock.today(), ends=ends, proposed_by_id=actor.person_id
    )
    with transaction.atomic():
        _refuse_nonsense(holding)
        _refuse_clash(holding)
        try:
            with transaction.atomic():
                holding.save(force_insert=True)
        except IntegrityError as error:
            # The trigger saw what the question above could not: another proposal at the same moment.
            raise _clash(person) from error
        after = {
            "person": person.pk,
            "role": post.role,
            "organisation": post.organisation_id,
            "starts": holding.starts,
            "ends": holding.ends,
        }
        record(actor, "post.propose", f"holding:{holding.pk}", after=after)
    return holding


def end_holding(holding: Holding, *, actor: Actor, last_day: date) -> None:
    """Let the holding end with `last_day`."""
    require_for(actor, "post.end", Subject("person", holding.person_id))
    with transaction.atomic():
        before = {"ends": holding.ends}
        holding.ends = max(last_day, holding.starts)
        holding.save(update_fields=["ends"])
        record(actor, "post.end", f"holding:{holding.pk}", before=before, after={"ends": holding.ends})


def _refuse_nonsense(holding: Holding) -> None:
    if holding.ends is not None and holding.ends < holding.starts:
        raise LianzhangError(
            Text("任职的结束日早于开始日。", "The last day of the post lies before the first."),
            Text("请核对起止日期。", "Check the two days."),
        )
    same = holding.person.holdings.filter(post=holding.post, ends=None)
    if holding.ends is None and same.exclude(state=Holding.State.refused).exists():
        raise Conflict(
            Text(
                f"{holding.person.name}已任或已被提名此职。",
                f"{holding.person.name} holds this post already, or it was proposed.",
            ),
            Text("请先查看其任职列表。", "See the list of posts first."),
        )


def _refuse_clash(holding: Holding) -> None:
    others = holding.person.holdings.exclude(state=Holding.State.refused).select_related("post")
    for other in others:
        overlap = (holding.ends is None or other.starts <= holding.ends) and (
            other.ends is None or holding.starts <= other.ends
        )
        if overlap and posts_clash(Role(other.post.role), Role(holding.post.role)):
            raise _clash(holding.person)


def _clash(person: Person) -> PostsClash:
    return PostsClash(
        Text(
            f"{person.name}不能同时担任管理员和其他职务：系统、安全、审计三员须分开，且不兼办业务。",
            f"{person.name} cannot be an administrator and hold another post: the three are kept apart.",
        ),
        Text("请另选人员，或先结束其现有任职。", "Choose somebody else, or end the present post first."),
    )
