"""Let somebody act in one's post for some days, and end it early."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404

from lianzhang.casework import Actor, Refused, Subject, may_stand_in, term_refused
from lianzhang.kernel import Conflict, LianzhangError, Text, clock
from lianzhang.web.flow.actions.tell import tell_person
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.identity import actor_of, holdings_of
from lianzhang.web.people.models import Delegation, Holding, Person
from lianzhang.web.people.permission import require_for


class CannotDelegate(LianzhangError):
    """The two may not, or the days do not fit."""


def delegate(actor: Actor, to: Any, *, starts: date, ends: date, reason: str = "") -> Delegation:
    """Let `to` act in the actor's present post from `starts` to `ends`, both included.

    Raises CannotDelegate for somebody who may not stand in or for days that do not fit, Conflict when somebody
    stands in on one of these days already.
    """
    require_for(actor, "delegation.give", Subject("person", actor.person_id))
    with transaction.atomic():
        holding = Holding.objects.select_for_update().get(pk=actor.holding_id)
        person = Person.objects.filter(pk=getattr(to, "pk", to), state=Person.State.active).first()
        posts = [actor_of(person, held) for held in holdings_of(person)] if person is not None else []
        refused = may_stand_in(actor, posts)
        term = term_refused(starts, ends, today=clock.today(), post_ends=holding.ends)
        for answer in (refused, term):
            if isinstance(answer, Refused):
                raise CannotDelegate(answer.reason)
        others = Delegation.objects.filter(holding=holding, ended=None, starts__lte=ends, ends__gte=starts)
        if (other := others.select_related("to").first()) is not None:
            raise Conflict(
                Text(
                    f"这些日子已委托{other.to.name}（{other.starts}至{other.ends}）。",
                    f"{other.to.name} stands in on some of these days ({other.starts} to {other.ends}).",
                ),
                Text("请先结束那次委托。", "End that delegation first."),
            )
        row = Delegation.objects.create(
            holding=holding, to=person, starts=starts, ends=ends, reason=reason.strip()[:100]
        )
        after = {"holding": holding.pk, "to": row.to_id, "starts": starts, "ends": ends, "reason": row.reason}
        record(actor, "delegation.give", f"delegation:{row.pk}", after=after)
        said = Text(
            f"{actor.name}委托您代行职务，{starts}至{ends}；在“我的账号”里切换。",
            f"{actor.name} asks you to stand in from {starts} to {ends}; switch to the post in “My account”.",
        )
        tell_person("delegation", row.pk, row.to_id, said)
    return row


def end_delegation(actor: Actor, subject: UUID) -> Delegation:
    """End a delegation at once; either of the two may. What was done through it stands."""
    require_for(actor, "delegation.give", Subject("person", actor.person_id))
    with transaction.atomic():
        own = Q(holding__person=actor.person_id) | Q(to=actor.person_id)
        row = Delegation.objects.select_for_update(of=("self",)).filter(own, pk=subject).first()
        if row is None:
            raise Http404
        if row.ended is None:
            row.ended = clock.now()
            row.save(update_fields=["ended"])
            record(actor, "delegation.end", f"delegation:{row.pk}", after={"ended": row.ended})
            said = Text(
                f"{row.to.name}代{row.holding.person.name}的委托已由{actor.name}结束。",
                f"{actor.name} has ended the days on which {row.to.name} stood in for {row.holding.person.name}.",
            )
            for one in {row.to_id, row.holding.person_id} - {UUID(actor.person_id)}:
                tell_person("delegation", row.pk, one, said)
    return row
