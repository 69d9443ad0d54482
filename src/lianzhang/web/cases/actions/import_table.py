"""Requests from a table: staged first, filed all together, and taken back while nobody has taken them up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import Conflict, Text, clock
from lianzhang.web.cases import contact, table
from lianzhang.web.cases.actions.file_for import file_for
from lianzhang.web.cases.firms import Firm, firm_of, firm_of_record
from lianzhang.web.cases.models import Request, RequestTable
from lianzhang.web.flow.actions.perform import perform
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.people.queries import organisation
from lianzhang.web.registry.actions import hold

#: How long a table can be taken back.
UNDO_WITHIN = timedelta(days=7)


def receive_table(actor: Actor, name: str, data: bytes) -> RequestTable:
    """Read and keep a table for a look at it; nothing is filed yet. Raises TableRefused."""
    _require(actor)
    lines = table.read(actor, data)
    with transaction.atomic():
        staged = RequestTable.objects.create(
            name=name[:120], by_id=actor.person_id, organisation_id=actor.organisation_id,
            lines=[_kept(line) for line in lines],
        )  # fmt: skip
        bad = sum(bool(line.errors) for line in lines)
        record(actor, "request.table", f"table:{staged.pk}", after={"rows": len(lines), "bad": bad})
    return staged


def file_table(actor: Actor, table_id: UUID) -> int:
    """File every good row, all or none; how many. The same button pressed twice files once."""
    _require(actor)
    with transaction.atomic():
        staged = _locked(actor, table_id)
        if staged.state != RequestTable.State.STAGED:
            return staged.requests.count()
        count = 0
        # All at once and first: one after another, each would wait while it keeps others waiting.
        hold(*(line["enterprise"] for line in staged.lines if not line["errors"]))
        for line in staged.lines:
            if line["errors"]:
                continue
            firm = _firm(actor, line)
            if firm is None:
                raise Conflict(
                    Text(
                        f"第{line['number']}行的企业已不在企业库。",
                        f"The firm of row {line['number']} is gone.",
                    ),
                    Text("请重新上传这张表。", "Upload the table again."),
                )
            content = {**line["given"], "phone": contact.opened(line["given"]["phone"]), "channel": "excel"}
            row = file_for(actor, firm, content)
            row.table = staged
            row.save(update_fields=["table"])
            count += 1
        staged.state, staged.filed = RequestTable.State.FILED, clock.now()
        # What was kept for the look is on the requests now.
        staged.lines = [line for line in staged.lines if line["errors"]]
        staged.save()
        record(actor, "request.file_table", f"table:{staged.pk}", after={"filed": count})
    return count


def undo_table(actor: Actor, table_id: UUID) -> tuple[int, int]:
    """Decline, as entered by mistake, what still waits to be assigned; how many, and how many went on already.

    Raises Conflict after seven days.
    """
    _require(actor)
    with transaction.atomic():
        staged = _locked(actor, table_id)
        if staged.state != RequestTable.State.FILED or staged.filed is None:
            return 0, 0
        if clock.now() - staged.filed > UNDO_WITHIN:
            raise Conflict(
                Text(
                    "导入已超过7天，不能整批撤销。", "Filed more than seven days ago; not undone as a whole."
                ),
                Text("请逐件办理。", "Act on each request."),
            )
        rows = list(staged.requests.all())
        waiting = [row for row in rows if row.state == "submitted"]
        given = {"ground": "mistaken", "reason": f"撤销导入：{staged.name}"}
        for row in waiting:
            perform(actor, Request, row.pk, "decline", given)
        staged.state = RequestTable.State.UNDONE
        staged.save(update_fields=["state"])
        after = {"undone": len(waiting), "kept": len(rows) - len(waiting)}
        record(actor, "request.undo_table", f"table:{staged.pk}", after=after)
    return len(waiting), len(rows) - len(waiting)


def _require(actor: Actor) -> None:
    """Filing a whole table is for the office: it alone can decline, and so take the table back."""
    chain = min(actor.chains, default=None)
    require_for(
        actor, "request.import", Subject("request", organisation_id=actor.organisation_id, chain=chain)
    )


def _locked(actor: Actor, table_id: UUID) -> RequestTable:
    mine = RequestTable.objects.select_for_update(of=("self",)).filter(organisation_id=actor.organisation_id)
    staged = mine.filter(pk=table_id).first()
    if staged is None:
        raise Http404
    return staged


def _kept(line: table.Line) -> dict[str, Any]:
    firm = line.firm
    return {
        "number": line.number,
        "given": {**line.given, "phone": contact.sealed(line.given["phone"])},
        "errors": [{"zh": one.zh, "en": one.en} for one in line.errors],
        "organisation": str(firm.organisation.pk) if firm and firm.organisation else None,
        "enterprise": firm.enterprise.pk if firm and firm.enterprise else None,
        "name": firm.name if firm else line.given["firm"],
    }


def _firm(actor: Actor, line: dict[str, Any]) -> Firm | None:
    if line["enterprise"]:
        return firm_of_record(actor, line["enterprise"])
    found = organisation(line["organisation"])
    return firm_of(found) if found is not None else None
