"""How a claim stands to what is stored and to the other claims of its bulletin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lianzhang.kernel import Certainty
from lianzhang.web.bulletins.models import Claim
from lianzhang.web.facts.statement import Relation, Statement


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in the way of accepting a claim just as it is, and what it would repeat.

    `same` is the stored fact that says the same already; `different` are stored facts that cannot hold
    beside it as they are; `rivals` are undecided claims of the same bulletin that contradict it.
    """

    same: Any = None
    different: tuple[Any, ...] = ()
    rivals: tuple[Claim, ...] = ()

    @property
    def clear(self) -> bool:
        """Whether nothing contradicts the claim."""
        return not self.different and not self.rivals


CLEAR = Standing()


def standing_to(statement: Statement, stored: Iterable[Any], *, besides: Any = None) -> Standing:
    """How one statement stands to stored facts. `besides` is the document it comes from."""
    same, different = None, []
    for fact in stored:
        relation = statement.relation_to(Statement.of(fact))
        if relation is Relation.SAME:
            same = same or fact
        elif relation in (Relation.DIFFERENT, Relation.MORE) and not _listed_together(
            statement, fact, besides
        ):
            different.append(fact)
    # A value kept beside another on purpose is confirmed by a repetition and contradicts nothing new.
    return Standing(same=same, different=() if same else tuple(different))


def standings(claims: Iterable[Claim], stored: Iterable[Any]) -> Mapping[UUID, Standing]:
    """How each undecided claim of a bulletin stands. Decided ones are not listed."""
    proposed = [claim for claim in claims if claim.state == Claim.State.PROPOSED]
    facts: dict[Any, list[Any]] = defaultdict(list)
    for fact in stored:
        facts[Statement.of(fact).key].append(fact)
    alike: dict[Any, list[Claim]] = defaultdict(list)
    statements = {claim.pk: Statement.of(claim) for claim in proposed}
    for claim in proposed:
        alike[statements[claim.pk].key].append(claim)
    found = {}
    for claim in proposed:
        statement = statements[claim.pk]
        standing = standing_to(statement, facts[statement.key], besides=claim.document_id)
        rivals = tuple(
            other
            for other in alike[statement.key]
            if other.pk != claim.pk
            and statement.relation_to(statements[other.pk]) is Relation.DIFFERENT
            and not (statement.sub_field or other.sub_field)
        )
        found[claim.pk] = Standing(standing.same, standing.different, rivals)
    return found


def is_sure(claim: Claim, standing: Standing) -> bool:
    """Whether the claim may be accepted together with others after one glance."""
    return (
        claim.state == Claim.State.PROPOSED
        and claim.certainty == Certainty.SURE
        and not claim.damaged
        and bool(claim.subject and claim.indicator)
        and standing.clear
    )


def _listed_together(statement: Statement, fact: Any, document_id: Any) -> bool:
    """One sentence may give a county two fields; that is a list and no contradiction."""
    return bool(statement.sub_field) and getattr(fact.claim, "document_id", None) == document_id
