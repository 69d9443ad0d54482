"""Say something about a case without moving it: inside, or to the firm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor, Party
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.flow.actions.perform import attach, locked, write_line
from lianzhang.web.flow.actions.tell import tell_of_act
from lianzhang.web.flow.attachments import Fit
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.queries import subject_of
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for

Row = TypeVar("Row", bound=CaseColumns)


def note(
    actor: Actor, model: type[Row], subject: UUID, text: str, *, outward: bool, files: Iterable[Fit] = ()
) -> Row:
    """Add a note. Outward ones are read by the firm; firms themselves can only write those."""
    if not text.strip():
        raise LianzhangError(Text("请写下内容。", "Please write something."))
    with transaction.atomic():
        row = locked(model, subject)
        require_for(actor, f"{row.kind}.act", subject_of(row, actor))
        action = "say" if outward else "note"
        step = write_line(row, actor, action, text=text.strip(), outward=outward, before=row.state, given={})
        attach(step, files)
        row.touched = clock.now()
        row.save(update_fields=["touched"])
        tell_of_act(
            row, action, (Party.firm, Party.lead) if outward else (Party.lead,), besides=actor.organisation_id
        )
        record(actor, f"{row.kind}.{action}", f"{row.kind}:{row.pk}", after={"characters": len(text)})
    return row
