"""Begin a list: its kind, its owner, and a first draft."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.measures.models import ListVersion, Measure, MeasureList
from lianzhang.web.measures.pack_measures import pack_measures
from lianzhang.web.measures.refusals import NoDraft
from lianzhang.web.people.permission import require_for


def create_list(
    actor: Actor,
    *,
    kind: str,
    code: str,
    title: str,
    chain: Any = None,
    from_pack: bool = True,
    note: str = "",
) -> ListVersion:
    """Create a list owned by the actor's organisation, with version 1 as a draft.

    With `from_pack` the draft begins with what the pack has for a list of this kind.
    """
    with transaction.atomic():
        require_for(actor, "measure.draft", Subject(kind="measure", organisation_id=actor.organisation_id))
        if MeasureList.objects.filter(code=code).exists():
            raise NoDraft(
                Text(f"编号“{code}”已用在另一份清单上。", f"The code {code} is taken by another list."),
                Text("请换一个编号。", "Choose another."),
            )
        made = MeasureList.objects.create(
            code=code,
            kind=kind,
            title=title,
            chain=chain,
            owner_id=actor.organisation_id,
            position=list(MeasureList.Kind).index(MeasureList.Kind(kind)) * 100,
        )
        version = ListVersion.objects.create(
            list=made, number=1, drafted_by_id=actor.person_id, drafted_for_id=actor.for_person_id, note=note
        )
        rows = pack_measures(kind, chain=chain.pk if chain else "") if from_pack else []
        Measure.objects.bulk_create(Measure(version=version, **row) for row in rows)
        record(
            actor,
            "measure.draft",
            f"list:{made.pk}",
            after={"kind": kind, "code": code, "title": title, "measures": len(rows)},
        )
    return version
