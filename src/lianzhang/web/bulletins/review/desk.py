"""The review desk: every claim of a bulletin with what stands beside it, in groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from lianzhang.casework import Actor
from lianzhang.web.bulletins import words
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.bulletins.queries import claims_of, subject_of
from lianzhang.web.bulletins.review.themes import theme_of
from lianzhang.web.bulletins.standing import CLEAR, Standing, is_sure, standings
from lianzhang.web.facts.queries import current_about, facts_of_claims
from lianzhang.web.facts.statement import Statement
from lianzhang.web.people.permission import may

#: Claims on one page of the desk; a bulletin has some dozens, a yearbook may have thousands.
A_PAGE = 200


@dataclass(slots=True)
class Row:
    """One claim on the desk."""

    claim: Claim
    standing: Standing
    fact: Any
    may_decide: bool
    notes: list[str]

    @property
    def shown(self) -> Any:
        """What is shown as the statement: the fact once there is one, else the claim as read."""
        return self.fact or self.claim

    @property
    def waiting(self) -> bool:
        """Whether nobody has decided."""
        return self.claim.state == Claim.State.PROPOSED

    @property
    def sure(self) -> bool:
        """Whether it may be accepted with the group."""
        return is_sure(self.claim, self.standing)

    @property
    def mark(self) -> str:
        """The state that the chip shows."""
        if not self.waiting:
            return str(self.claim.state)
        if self.standing.different:
            return "conflict"
        # A reading may be sure of each of two claims that contradict each other; a person cannot be.
        return "unsure" if self.standing.rivals and not self.claim.damaged else str(self.claim.certainty)

    @property
    def typed(self) -> bool:
        """Whether a person typed the number because the source is damaged."""
        return bool(self.fact and self.fact.typed_by_id)

    @property
    def replaced(self) -> bool:
        """Whether the fact has been withdrawn in favour of another since."""
        return bool(self.fact and self.fact.withdrawn_at)

    @property
    def confirms(self) -> bool:
        """Whether the claim is a further source of a fact that came from elsewhere."""
        return bool(self.fact and self.fact.claim_id != self.claim.pk)

    @property
    def places(self) -> int:
        """In how many places the bulletin says it."""
        return 1 + len(self.claim.mentions)


@dataclass(slots=True)
class Group:
    """The rows about one subject."""

    subject: str
    rows: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One theme with its subjects."""

    id: str
    name: str
    groups: list[Group] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the review has come."""

    all: int
    accepted: int
    edited: int
    dropped: int
    sure: int
    unsure: int
    damaged: int
    conflict: int

    @property
    def left(self) -> int:
        """Claims that wait."""
        return self.all - self.accepted - self.edited - self.dropped

    @property
    def decided(self) -> int:
        """Claims that somebody decided about."""
        return self.all - self.left


@dataclass(slots=True)
class Desk:
    """Everything of one bulletin that the review shows."""

    document: Document
    rows: list[Row]
    may_decide: bool

    @property
    def sections(self) -> list[Section]:
        """The rows in themes, and within a theme by subject, each in reading order."""
        return sections_of(self.rows)

    @property
    def sure_rows(self) -> list[Row]:
        """The rows that one key accepts."""
        return [row for row in self.rows if row.sure]

    @property
    def tally(self) -> Tally:
        """The counts above the claims."""
        states = Counter(str(row.claim.state) for row in self.rows)
        marks = Counter(row.mark for row in self.rows if row.waiting)
        sure = len(self.sure_rows)
        return Tally(
            all=len(self.rows),
            accepted=states["accepted"],
            edited=states["edited"],
            dropped=states["dropped"],
            sure=sure,
            unsure=marks["unsure"] + marks["sure"] - sure,
            damaged=marks["damaged"],
            conflict=marks["conflict"],
        )

    def row(self, claim_id: UUID) -> Row:
        """The row of a claim."""
        return next(row for row in self.rows if row.claim.pk == claim_id)

    def rows_touched_by(self, claim_ids: Iterable[UUID]) -> list[Row]:
        """The rows of these claims and of those that speak of the same thing."""
        ids = set(claim_ids)
        keys = {Statement.of(row.shown).key for row in self.rows if row.claim.pk in ids}
        keys |= {Statement.of(row.claim).key for row in self.rows if row.claim.pk in ids}
        return [row for row in self.rows if row.claim.pk in ids or Statement.of(row.claim).key in keys]

    def next_waiting(self, after: int) -> Row | None:
        """The next row that waits, in the order of the page, beginning again at the top."""
        shown = [row for section in self.sections for group in section.groups for row in group.rows]
        place = next((n for n, row in enumerate(shown) if row.claim.ordinal == after), -1)
        return next((row for row in shown[place + 1 :] + shown[: place + 1] if row.waiting), None)


def desk_of(document: Document, actor: Actor) -> Desk:
    """The desk of a bulletin as `actor` sees it: five queries, however many claims."""
    claims = claims_of(document)
    facts = facts_of_claims(claim.pk for claim in claims if claim.state != Claim.State.PROPOSED)
    waiting = [claim for claim in claims if claim.state == Claim.State.PROPOSED]
    stored = current_about(document.chain_id, ((claim.subject, claim.indicator) for claim in waiting))
    found = standings(claims, stored)
    may_decide = may(actor, "claim.accept", subject_of(document, actor)).allowed
    for claim in claims:
        fact = facts.get(claim.pk)
        if fact is not None and fact.claim_id == claim.pk:
            fact.claim = claim  # known already: the page asks each fact where it stands in the text
    rows = [
        Row(
            claim=claim,
            standing=found.get(claim.pk, CLEAR),
            fact=facts.get(claim.pk),
            may_decide=may_decide,
            notes=_notes(claim, document, found.get(claim.pk, CLEAR)),
        )
        for claim in claims
    ]
    return Desk(document, rows, may_decide)


def sections_of(rows: Iterable[Row]) -> list[Section]:
    """Rows in themes and subjects."""
    names = words.themes()
    sections = {theme: Section(theme, name) for theme, name in names.items()}
    groups: dict[tuple[str, str], Group] = {}
    for row in rows:
        theme = theme_of(row.claim)
        subject = row.claim.subject or row.claim.subject_hint
        if (theme, subject) not in groups:
            groups[theme, subject] = Group(row.claim.subject or _unknown(row.claim))
            sections[theme].groups.append(groups[theme, subject])
        groups[theme, subject].rows.append(row)
    return [section for section in sections.values() if section.groups]


def _unknown(claim: Claim) -> str:
    if claim.subject_hint:
        return gettext("主体待定（可能是%(name)s）") % {"name": claim.subject_hint}
    return gettext("主体待定")


def _notes(claim: Claim, document: Document, standing: Standing) -> list[str]:
    """What a person should know before deciding: contradictions of the text, doubts, damage."""
    # Claims that contradict each other are shown with a way to one another; that says it better.
    told = {claim.ordinal, *(rival.ordinal for rival in standing.rivals)}
    notes = [
        words.say(item["what"])
        for item in document.contradictions
        if claim.ordinal in item["claims"] and not (standing.rivals and told.issuperset(item["claims"]))
    ]
    notes += [words.say(doubt) for doubt in claim.doubts]
    if claim.damaged:
        notes.insert(0, words.say(claim.reason) or gettext("原文在这里损坏。"))
        notes += [
            gettext("损坏处可能原是“%(text)s”，仅供参考。") % {"text": damage["suggestion"]}
            for damage in document.damaged
            if damage["suggestion"] and damage["start"] < claim.end and claim.start < damage["end"]
        ]
    return notes
