"""Take one step in the life of a list: send, review, approve, publish, suspend, repeal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.casework.measure_list import Step, check, step_named
from lianzhang.kernel import clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.measures.lives import hand_of, life_of, subject_of
from lianzhang.web.measures.models import ListVersion, MeasureList, Opinion
from lianzhang.web.measures.refusals import changed_meanwhile
from lianzhang.web.people.permission import require_for


def take_step(actor: Actor, version_id: UUID, action: str, *, revision: int, **given: Any) -> ListVersion:
    """Take the step, leave its opinion, write the journal: all of it or nothing.

    Raises StepRefused with the reason, ListChanged when somebody was faster, Forbidden without the right.
    """
    with transaction.atomic():
        version = _locked(version_id)
        life = life_of(version)
        step = step_named(life, action)
        require_for(actor, step.verb, subject_of(version.list, version))
        if version.revision != revision:
            raise changed_meanwhile()
        check(life, step, hand_of(actor), given)
        before = version.state
        version.state = step.target
        version.revision += 1
        if step.opinion:
            _leave_opinion(actor, version, step, given)
        if step.action in _MORE:
            _MORE[step.action](version, given)
        version.save()
        record(
            actor,
            step.verb,
            f"list:{version.list_id}",
            before={"version": version.number, "state": before},
            after={"version": version.number, "state": version.state, "action": action, **given},
        )
    return version


def _locked(version_id: UUID) -> ListVersion:
    """The version; its list is locked first, so that two versions of one list follow one another."""
    list_id = ListVersion.objects.filter(pk=version_id).values_list("list_id", flat=True).first()
    if list_id is None:
        raise Http404
    MeasureList.objects.select_for_update().get(pk=list_id)
    return ListVersion.objects.select_related("list").get(pk=version_id)


def _leave_opinion(actor: Actor, version: ListVersion, step: Step, given: dict[str, Any]) -> None:
    Opinion.objects.create(
        version=version,
        kind=step.opinion,
        agrees=step.agrees,
        text=given.get("text") or "",
        exception=given.get("exception") or "",
        ends=given.get("ends"),
        text_revision=version.text_revision,
        by_id=actor.person_id,
        organisation_id=actor.organisation_id,
    )


def _publish(version: ListVersion, given: dict[str, Any]) -> None:
    """Fix the term; the version in force ends the day before this one takes effect."""
    starts: date = given["valid_from"]
    version.valid_from, version.valid_to = starts, given.get("valid_to")
    version.publication_no = given.get("publication_no") or ""
    version.published_at = clock.now()
    for former in version.list.versions.filter(state__in=("published", "suspended")).exclude(pk=version.pk):
        last_day = starts - timedelta(days=1)
        if former.valid_to is None or former.valid_to > last_day:
            former.valid_to = last_day
        former.state = "replaced"
        former.revision += 1
        former.save(update_fields=["valid_to", "state", "revision"])


def _suspend(version: ListVersion, given: dict[str, Any]) -> None:
    version.pauses = [*version.pauses, {"from": clock.today().isoformat(), "to": None}]


def _resume(version: ListVersion, given: dict[str, Any]) -> None:
    """The pause ends the day before; one that ends on the day it began is no pause."""
    *earlier, last = version.pauses
    until = clock.today() - timedelta(days=1)
    kept = [{**last, "to": until.isoformat()}] if date.fromisoformat(last["from"]) <= until else []
    version.pauses = [*earlier, *kept]


def _repeal(version: ListVersion, given: dict[str, Any]) -> None:
    today = clock.today()
    if version.valid_to is None or version.valid_to > today:
        version.valid_to = max(today, version.valid_from or today)


_MORE = {"publish": _publish, "suspend": _suspend, "resume": _resume, "repeal": _repeal}
