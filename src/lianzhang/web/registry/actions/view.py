"""Keep a filter of the list under a name, or forget it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.registry.models.decisions import QUERY_LENGTH, SavedView

#: Views of one person; more would be a list that nobody reads.
MOST_VIEWS = 20


class TooManyViews(LianzhangError):
    """The person keeps as many views as one may."""


def save_view(actor: Actor, *, name: str, query: str) -> SavedView:
    """Keep the filters; a view of the same name is replaced. Raises `TooManyViews` beyond `MOST_VIEWS`."""
    with transaction.atomic():
        view, added = SavedView.objects.update_or_create(
            person_id=actor.person_id, name=name.strip()[:40], defaults={"query": query[:QUERY_LENGTH]}
        )
        if added and SavedView.objects.filter(person=actor.person_id).count() > MOST_VIEWS:
            raise TooManyViews(
                Text(
                    f"已有{MOST_VIEWS}个视图，没有再保存。",
                    f"You keep {MOST_VIEWS} views; this one was not kept.",
                ),
                Text("请先删掉一个用不着的。", "Remove one that you no longer need first."),
            )
        record(actor, "view.save", "enterprise", after={"name": view.name, "query": view.query})
    return view


def forget_view(actor: Actor, view_id: UUID) -> None:
    """Remove one of the actor's own views."""
    with transaction.atomic():
        removed, _ = SavedView.objects.filter(person=actor.person_id, pk=view_id).delete()
        if removed:
            record(actor, "view.forget", "enterprise", before={"view": view_id})
