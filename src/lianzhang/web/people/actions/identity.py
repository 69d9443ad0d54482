"""Act in another post."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from lianzhang.kernel import LianzhangError, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.identity import HOLDING_KEY, actor_of


def switch_identity(request: Any, holding_id: str) -> None:
    """Make one of the person's current posts the one they act in. Raises LianzhangError for any other."""
    holding = next((held for held in request.holdings if str(held.pk) == holding_id), None)
    if holding is None:
        raise LianzhangError(
            Text("这个任职不是您的，或已经结束。", "This post is not yours, or it has ended."),
            Text("请刷新页面，从列表中选择。", "Reload the page and choose from the list."),
        )
    before = request.actor
    with transaction.atomic():
        request.session[HOLDING_KEY] = str(holding.pk)
        request.session.save()
        request.holding = holding
        request.actor = actor_of(request.user, holding)
        record(
            request.actor,
            "identity.switch",
            f"person:{request.user.pk}",
            before={"holding": before.holding_id, "role": before.role},
            after={"holding": holding.pk, "role": request.actor.role},
        )
