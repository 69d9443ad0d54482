"""Act in another of one's posts, or in the post of somebody one stands in for."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from lianzhang.kernel import LianzhangError, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.identity import HOLDING_KEY, actor_of


def switch_identity(request: Any, holding_id: str) -> None:
    """Make one of the person's posts or delegations the one they act in. Raises LianzhangError for any other."""
    held = {str(row.pk): (row, False) for row in request.holdings}
    held |= {str(row.pk): (row.holding, True) for row in request.delegations}
    holding, stands_in = held.get(holding_id, (None, False))
    if holding is None:
        raise LianzhangError(
            Text("这个任职不是您的，或已经结束。", "This post is not yours, or it has ended."),
            Text("请刷新页面，从列表中选择。", "Reload the page and choose from the list."),
        )
    before = request.actor
    with transaction.atomic():
        request.session[HOLDING_KEY] = holding_id
        request.session.save()
        request.holding = holding
        request.actor = actor_of(request.user, holding, stands_in=stands_in)
        record(
            request.actor,
            "identity.switch",
            f"person:{request.user.pk}",
            before={"holding": before.holding_id, "role": before.role},
            after={
                "holding": holding.pk,
                "role": request.actor.role,
                **({"for": request.actor.for_person_id} if stands_in else {}),
            },
        )
