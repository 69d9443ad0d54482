"""Record a problem that was found; the office verifies it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor, Party, Subject
from lianzhang.kernel import LianzhangError, Text
from lianzhang.web.flow import rules
from lianzhang.web.flow.actions import start
from lianzhang.web.flow.actions.tell import tell_of_act
from lianzhang.web.people.permission import require_for
from lianzhang.web.problems.models import Problem


def find_problem(
    actor: Actor, content: Mapping[str, Any], *, chain_id: str, form_key: UUID | None = None, sample: bool = False
) -> Problem:  # fmt: skip
    """A problem with `title`, `sort`, `text`, and perhaps `node` and `source`; the same form twice is one."""
    subject = Subject(
        "problem", organisation_id=actor.organisation_id, region_code=actor.region_code, chain=chain_id
    )
    require_for(actor, "problem.find", subject)
    if content["sort"] not in rules.presets("problem").words["types"]:
        raise LianzhangError(Text("请选问题类别。", "Choose what sort of problem it is."))
    with transaction.atomic():
        known = Problem.objects.filter(form_key=form_key).first() if form_key else None
        if known is not None:
            return known
        row = Problem(
            state="found", chain_id=chain_id, title=content["title"], sort=content["sort"], text=content["text"],
            node=content.get("node", ""), source=content.get("source", ""), form_key=form_key, sample=sample,
            region_code=actor.region_code or "",
            # Whoever found it goes on seeing it, whichever unit gets it.
            partner_id=actor.organisation_id,
        )  # fmt: skip
        start(actor, row, text=content["text"])
        tell_of_act(row, "file", (Party.office,), besides=None)
    return row
