"""Keep a filter of the list under a name, or forget it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.web.journal.actions.record import record
from lianzhang.web.registry.models.decisions import QUERY_LENGTH, SavedView

#: Views of one person; more would be a list that nobody reads.
MOST_VIEWS = 20


def save_view(actor: Actor, *, name: str, query: str) -> SavedView:
    """Keep the filters; a view of the same name is replaced, and the oldest gives way when there are too many."""
    with transaction.atomic():
        view, _ = SavedView.objects.update_or_create(
            person_id=actor.person_id, name=name.strip()[:40], defaults={"query": query[:QUERY_LENGTH]}
        )
        kept = (
            SavedView.objects.filter(person=actor.person_id).order_by("-created").values_list("pk", flat=True)
        )
        SavedView.objects.filter(person=actor.person_id).exclude(pk__in=list(kept[:MOST_VIEWS])).delete()
        record(actor, "view.save", "enterprise", after={"name": view.name, "query": view.query})
    return view


def forget_view(actor: Actor, view_id: UUID) -> None:
    """Remove one of the actor's own views."""
    with transaction.atomic():
        removed, _ = SavedView.objects.filter(person=actor.person_id, pk=view_id).delete()
        if removed:
            record(actor, "view.forget", "enterprise", before={"view": view_id})
