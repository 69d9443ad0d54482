"""Prepare the next version of a list, and write its measures while it is a draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.measures.conditions import faults_of
from lianzhang.web.measures.lives import subject_of
from lianzhang.web.measures.models import ListVersion, Measure, MeasureList
from lianzhang.web.measures.refusals import FaultyMeasure, NoDraft, changed_meanwhile
from lianzhang.web.people.permission import require_for

#: Columns of a measure that a drafter writes.
WRITTEN = (
    "code", "position", "title", "title_en", "summary", "gives", "how", "papers", "time_limit", "phone",
    "basis", "requires", "stated", "is_support", "status", "particulars",
)  # fmt: skip
_IN_PREPARATION = ("draft", "legal_review", "fair_review", "approving", "approved")


def new_version(actor: Actor, list_id: UUID, *, copy_of: UUID | None = None, note: str = "") -> ListVersion:
    """Begin the next version as a draft, with the measures of `copy_of` (any list's version) if given.

    Raises NoDraft while another version is in preparation.
    """
    with transaction.atomic():
        measures = locked_list(actor, list_id)
        if measures.versions.filter(state__in=_IN_PREPARATION).exists():
            raise NoDraft(
                Text(
                    "这份清单已有一个版本在草拟或审核中。",
                    "A version of this list is in preparation already.",
                ),
                Text("请先办完那个版本。", "Finish that one first."),
            )
        last = measures.versions.aggregate(last=Max("number"))["last"] or 0
        version = ListVersion.objects.create(
            list=measures,
            number=last + 1,
            drafted_by_id=actor.person_id,
            drafted_for_id=actor.for_person_id,
            note=note,
        )
        if copy_of is not None:
            _copy(copy_of, into=version)
        record(
            actor,
            "measure.draft",
            f"list:{measures.pk}",
            after={"version": version.number, "copy_of": copy_of},
        )
    return version


def _copy(source: UUID, *, into: ListVersion) -> None:
    rows = Measure.objects.filter(version=source).values(*WRITTEN)
    Measure.objects.bulk_create(Measure(version=into, **row) for row in rows)


def locked_list(actor: Actor, list_id: UUID, verb: str = "measure.draft") -> MeasureList:
    """The list, locked for this transaction, once it is known that the actor may."""
    measures = MeasureList.objects.select_for_update().filter(pk=list_id).first()
    if measures is None:
        raise Http404
    require_for(actor, verb, subject_of(measures))
    return measures


def locked_draft(actor: Actor, version_id: UUID, *, revision: int) -> ListVersion:
    """The draft, locked, if nobody changed it since `revision`."""
    return _draft(actor, ListVersion.objects.select_for_update().filter(pk=version_id).first(), revision)


def draft_for(actor: Actor, version_id: UUID, *, revision: int) -> ListVersion:
    """The draft, not locked, if nobody changed it since `revision`."""
    return _draft(actor, ListVersion.objects.filter(pk=version_id).first(), revision)


def _draft(actor: Actor, version: ListVersion | None, revision: int) -> ListVersion:
    if version is None:
        raise Http404
    require_for(actor, "measure.draft", subject_of(version.list, version))
    if version.revision != revision:
        raise changed_meanwhile()
    if version.state != "draft":
        raise NoDraft(
            Text("清单已送审，内容不能再改。", "The list has been sent to review; its text stands."),
            Text("需要改时请审核人退回。", "Ask the reviewer to return it."),
        )
    return version


def put_measure(
    actor: Actor, version_id: UUID, *, revision: int, measure_id: UUID | None = None, **written: Any
) -> Measure:
    """Add a measure to a draft, or write it again. Raises FaultyMeasure when its conditions are wrong."""
    with transaction.atomic():
        version = locked_draft(actor, version_id, revision=revision)
        measure = Measure(version=version)
        before = None
        if measure_id is not None:
            found = version.measures.filter(pk=measure_id).first()
            if found is None:
                raise Http404
            measure, before = found, {name: getattr(found, name) for name in WRITTEN}
        for name, value in written.items():
            setattr(measure, name, value)
        if version.measures.exclude(pk=measure.pk).filter(code=measure.code).exists():
            raise FaultyMeasure(
                Text(f"编号“{measure.code}”已用在本清单另一条上。", f"The code {measure.code} is taken."),
                Text("请换一个编号。", "Choose another."),
            )
        faults = faults_of(measure)
        if faults:
            raise FaultyMeasure(*faults[0])
        measure.save()
        _touch(version)
        record(
            actor,
            "measure.draft",
            f"measure:{measure.pk}",
            before=before,
            after={name: getattr(measure, name) for name in WRITTEN},
        )
    return measure


def remove_measure(actor: Actor, version_id: UUID, measure_id: UUID, *, revision: int) -> None:
    """Take a measure out of a draft; the journal keeps what it said."""
    with transaction.atomic():
        version = locked_draft(actor, version_id, revision=revision)
        measure = version.measures.filter(pk=measure_id).first()
        if measure is None:
            raise Http404
        before = {name: getattr(measure, name) for name in WRITTEN}
        measure.delete()
        _touch(version)
        record(actor, "measure.draft", f"measure:{measure_id}", before=before, after=None)


def _touch(version: ListVersion) -> None:
    version.revision += 1
    version.text_revision += 1
    version.save(update_fields=["revision", "text_revision"])
