"""Add what the reading did not find: a person points at the place and says what it states."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from lianzhang.casework import Actor
from lianzhang.kernel import Certainty, LianzhangError, Text
from lianzhang.web.bulletins.actions.accept import Accepted, Choice, Entry
from lianzhang.web.bulletins.actions.deciding import locked_document
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.facts.placing import Places
from lianzhang.web.facts.statement import Statement

_NUMBERS = ("value", "low", "high", "change_pct", "change_low", "change_high")


def add(
    actor: Actor,
    document_id: UUID,
    statement: Statement,
    *,
    start: int,
    end: int,
    form_key: UUID,
    choice: Choice | None = None,
) -> Accepted:
    """Store a statement with its place in the original text; `form_key` makes a form sent twice one claim.

    On damaged text its numbers count as typed by hand. Raises LianzhangError for a place outside the text.
    """
    with transaction.atomic():
        document = locked_document(actor, document_id, "claim.edit")
        before = Claim.objects.filter(pk=form_key, document=document).first()
        if before is not None:
            return Accepted((before,), before.decision or uuid4())
        text = Document.objects.values_list("text", flat=True).get(pk=document_id)
        if not 0 <= start < end <= len(text):
            raise LianzhangError(
                Text("所选的位置不在原文里。", "The chosen place is not in the text."),
                Text("请重新选取原文片段。", "Choose the words again."),
            )
        damage = _damage_at(document, start, end)
        columns = statement.columns()
        if damage is not None:
            columns |= dict.fromkeys(_NUMBERS)
        claim = Claim(
            pk=form_key,
            document=document,
            ordinal=(document.claims.aggregate(n=Max("ordinal"))["n"] or 0) + 1,
            start=start,
            end=end,
            quote=text[start:end],
            certainty=Certainty.DAMAGED if damage else Certainty.SURE,
            damaged=damage is not None,
            reason=damage,
            added_by_id=actor.person_id,
            **columns,
        )
        claim.save(force_insert=True)
        decision = uuid4()
        entry = Entry(actor=actor, decision=decision, places=Places.of(document.chain), choice=choice)
        entry.take(claim, statement, state=Claim.State.EDITED, verb="claim.edit")
        return Accepted((claim,), decision)


def _damage_at(document: Document, start: int, end: int) -> dict[str, str] | None:
    """The reason of the first damage that touches the place."""
    for damage in document.damaged:
        if damage["start"] < end and start < damage["end"]:
            return dict(damage["reason"])
    return None
