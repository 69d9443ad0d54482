"""Accept claims: as read, after a correction, or a whole group of sure ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Text
from lianzhang.web.bulletins.actions.deciding import (
    MARKED,
    locked_claim,
    locked_document,
    mark,
    source_of,
)
from lianzhang.web.bulletins.models import Claim
from lianzhang.web.bulletins.refusals import NeedsChoice, NeedsTyping
from lianzhang.web.bulletins.standing import is_sure, standing_to, standings
from lianzhang.web.facts.actions.confirm import confirm
from lianzhang.web.facts.actions.enter import enter, withdraw
from lianzhang.web.facts.placing import Places
from lianzhang.web.facts.queries import current_about
from lianzhang.web.facts.statement import Statement
from lianzhang.web.journal.actions.record import record


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided about a contradiction with the store.

    With `replace`, that stored fact is withdrawn; otherwise both stay, and `because` says why both hold.
    """

    replace: UUID | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The claims of one decision, its id for undoing it, and how many had been decided by others."""

    claims: tuple[Claim, ...]
    decision: UUID
    overtaken: int = 0


def accept(actor: Actor, claim_id: UUID, *, version: int, choice: Choice | None = None) -> Accepted:
    """Accept a claim as it was read.

    Raises ClaimConflict when somebody decided first, NeedsTyping when the source is damaged or the
    subject is missing, NeedsChoice when the store holds something else and no choice was made.
    """
    with transaction.atomic():
        claim = locked_claim(actor, claim_id, "claim.accept", version=version)
        refuse_unreadable(claim)
        decision = uuid4()
        entry = Entry(actor=actor, decision=decision, places=Places.of(claim.document.chain), choice=choice)
        entry.take(claim, Statement.of(claim), state=Claim.State.ACCEPTED, verb="claim.accept")
        return Accepted((claim,), decision)


def correct(
    actor: Actor, claim_id: UUID, statement: Statement, *, version: int, choice: Choice | None = None
) -> Accepted:
    """Accept what a person made of a claim. On damaged text every number of it counts as typed by hand."""
    with transaction.atomic():
        claim = locked_claim(actor, claim_id, "claim.edit", version=version)
        decision = uuid4()
        entry = Entry(actor=actor, decision=decision, places=Places.of(claim.document.chain), choice=choice)
        entry.take(claim, statement, state=Claim.State.EDITED, verb="claim.edit")
        return Accepted((claim,), decision)


def accept_sure(actor: Actor, document_id: UUID, *, shown: Mapping[UUID, int] | None = None) -> Accepted:
    """Accept every sure claim of a bulletin in one decision.

    `shown` are the claims that the person had before them, with their versions: nothing they did not see
    is accepted. Without it (programs) all sure ones are. Unsure, damaged and contradicted claims are
    never among them.
    """
    with transaction.atomic():
        document = locked_document(actor, document_id, "claim.accept")
        claims = list(document.claims.order_by("ordinal"))
        for claim in claims:
            claim.document = document
        stored = current_about(document.chain_id, ((claim.subject, claim.indicator) for claim in claims))
        found = standings(claims, stored)
        sure = [claim for claim in claims if claim.pk in found and is_sure(claim, found[claim.pk])]
        overtaken = 0
        if shown is not None:
            seen = [claim for claim in sure if shown.get(claim.pk) == claim.version]
            overtaken = len(shown) - len(seen)
            sure = seen
        decision = uuid4()
        entry = Entry(actor=actor, decision=decision, places=Places.of(document.chain), stored=stored)
        for claim in sure:
            entry.take(claim, Statement.of(claim), state=Claim.State.ACCEPTED, verb="claim.accept")
        return Accepted(tuple(sure), decision, overtaken)


def refuse_unreadable(claim: Claim) -> None:
    """Raise NeedsTyping for what nobody may accept as it was read."""
    if claim.damaged:
        raise NeedsTyping(
            Text(
                "原文在这里损坏，读出的数不能直接接受。",
                "The source is damaged here; nothing read from it is accepted.",
            ),
            Text("请对照原件录入数值，或弃用。", "Type the value from the original, or drop the claim."),
        )
    if not claim.subject or not claim.indicator:
        raise NeedsTyping(
            Text("这条读数没有主体，不能直接接受。", "Nobody knows yet whom this claim is about."),
            Text("请点“改”补上主体。", "Choose “edit” and say whom."),
        )


@dataclass
class Entry:
    """Entering the claims of one decision, with what is needed for all of them asked once."""

    actor: Actor
    decision: UUID
    places: Places
    choice: Choice | None = None
    #: Stored facts on the statements of the decision; None = ask for each claim.
    stored: list[Any] | None = None

    def take(self, claim: Claim, statement: Statement, *, state: str, verb: str) -> Any:
        """Make `statement` a fact, or one more source of a fact, and mark the claim; returns the fact."""
        standing = standing_to(statement, self._stored_about(claim, statement), besides=claim.document_id)
        if standing.same is not None:
            fact, how = standing.same, {"confirms": str(standing.same.pk)}
            confirm(fact, claim=claim)
        else:
            replaced = self._replaced(standing.different)
            if replaced is not None:
                withdraw(replaced)
            fact = enter(
                statement,
                claim=claim,
                accepted_by=self.actor.person_id,
                places=self.places,
                typed=claim.damaged,
                replaces=replaced,
                beside_because=replaced.beside_because if replaced else self._because(standing.different),
            )
            if self.stored is not None:
                self.stored.append(fact)
            how = {"fact": str(fact.pk)}
            if replaced is not None:
                how["replaces"] = str(replaced.pk)
        before = {"state": claim.state}
        mark(claim, state, actor=self.actor, decision=self.decision)
        claim.save(update_fields=MARKED)
        after = {**statement.said(), **source_of(claim), **how, "state": state}
        if claim.damaged:
            after["typed"] = True
        record(self.actor, verb, f"claim:{claim.pk}", before=before, after=after)
        return fact

    def _stored_about(self, claim: Claim, statement: Statement) -> list[Any]:
        if self.stored is None:
            return current_about(claim.document.chain_id, [(statement.subject, statement.indicator)])
        return self.stored

    def _replaced(self, different: tuple[Any, ...]) -> Any:
        """The stored fact that gives way, None when both stay. Raises NeedsChoice when nobody chose."""
        if not different:
            return None
        if self.choice is not None and self.choice.replace is not None:
            chosen = [fact for fact in different if fact.pk == self.choice.replace]
            if chosen:
                return chosen[0]
        elif self.choice is not None and self.choice.because.strip():
            return None
        raise NeedsChoice(
            Text("已入库的数据与这条不一致。", "What is stored differs from this claim."),
            Text(
                "请选择：保留已入库的、用新值替换，或说明口径后并存。",
                "Choose: keep what is stored, replace it, or keep both and say how they differ.",
            ),
        )

    def _because(self, different: tuple[Any, ...]) -> str:
        return self.choice.because.strip()[:200] if different and self.choice else ""
