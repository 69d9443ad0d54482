"""Reads of imports. The first argument is who asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet

from lianzhang.casework import VERBS, Actor, Role, Scope, Subject
from lianzhang.kernel import Text, clock
from lianzhang.web.imports.answers import Said
from lianzhang.web.imports.models import Batch, NameJudgement, ProjectRow, RememberedColumn
from lianzhang.web.people.queries import directory
from lianzhang.web.registry.resting import Rest

#: A batch can be undone for so long.
UNDO_WITHIN = timedelta(days=7)


def subject_of(batch: Batch) -> Subject:
    """The batch as permission sees it."""
    return Subject(
        kind="import", id=batch.pk, organisation_id=batch.organisation_id or None, state=batch.state
    )


def visible_to(actor: Actor) -> QuerySet[Batch]:
    """The batches that `actor` may see: the same answer as `may(actor, "import.see", …)` for each."""
    scope = VERBS["import.see"].scopes.get(actor.role)
    rows = Batch.objects.select_related("uploaded_by")
    if scope is Scope.everywhere:
        return rows
    if scope is Scope.own_organisation and actor.organisation_id:
        return rows.filter(organisation_id=actor.organisation_id)
    return rows.none()


def can_be_undone(batch: Batch) -> bool:
    """Whether it was written, and not too long ago."""
    written = batch.state == Batch.State.DONE and batch.committed_at is not None
    return written and clock.now() - batch.committed_at <= UNDO_WITHIN  # type: ignore[operator]


def remembered(kind: str) -> dict[str, str]:
    """What people took the headers of this kind for, by bare header."""
    return dict(RememberedColumn.objects.filter(kind=kind).values_list("header", "field"))


def projects_built_by(enterprises: set[str]) -> Iterator[Rest]:
    """The projects of tables whose builders these enterprises are."""
    rows = ProjectRow.objects.filter(batch__state=Batch.State.DONE).exclude(enterprise="").order_by("pk")
    for enterprise, name in rows.values_list("enterprise", "name"):
        if enterprise in enterprises:
            yield Rest(enterprise, Text(f"项目“{name}”", f"the project “{name}”"))


def offices_of(actor: Actor) -> tuple[str, ...]:
    """The organisations whose word on names counts for the actor: the own one.

    The command line acts as the chain office without being of one: there it is that of each.
    """
    if actor.organisation_id:
        return (actor.organisation_id,)
    if actor.role is not Role.chain_officer:
        return ()
    return ("", *(str(pk) for pk in directory("chain_office").values_list("pk", flat=True)))


def names_said(*offices: str) -> dict[tuple[str, str], Said]:
    """What people of these offices last said that names in their tables mean, by name and the code beside it."""
    rows = NameJudgement.objects.filter(organisation_id__in=offices).select_related("by").order_by("pk")
    return {
        (row.key, row.code): Said(
            row.enterprise,
            frozenset(row.offered.split()),
            row.by.name if row.by else "",
            row.at.astimezone(clock.CHINA).date(),
        )
        for row in rows
    }


def projects() -> dict[str, dict[str, str]]:
    """What tables said of every project by identity, the latest word of each field; under "" its id."""
    rows = ProjectRow.objects.filter(batch__state=Batch.State.DONE).order_by("pk")
    found: dict[str, dict[str, str]] = {}
    for identity, values, project in rows.values_list("identity", "values", "project"):
        found.setdefault(identity, {}).update(values, **({"": str(project)} if project else {}))
    return found
