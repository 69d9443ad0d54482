"""What waits for an officer's decision: likely duplicates, contradicting values, corrections of enterprises."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Min, QuerySet
from django.db.models.functions import Coalesce

from lianzhang.casework import VERBS, Actor
from lianzhang.casework.roles import Scope
from lianzhang.kernel.fact import Fact
from lianzhang.web.registry import queries
from lianzhang.web.registry.base_facts import dictionary
from lianzhang.web.registry.current import Standing, standings
from lianzhang.web.registry.models import Correction, Enterprise, EnterpriseValue, Judgement, ValueChoice

#: More than anybody decides in one sitting; the rest comes when these are done.
SHOWN = 50
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Clash:
    """Values of one fact and period that contradict each other."""

    enterprise: Enterprise
    fact: Fact
    period: str
    standing: Standing
    #: What was chosen last; None while nobody chose.
    choice: ValueChoice | None = None

    @property
    def values(self) -> tuple[Any, ...]:
        """All values, the one shown elsewhere first."""
        return (self.standing.current, *self.standing.others)

    @property
    def seen_up_to(self) -> int:
        """The newest of them."""
        return max(row.pk for row in self.values)


def clashes(actor: Actor, *, enterprise: str = "", asked: tuple[str, str] | None = None) -> list[Clash]:
    """Contradictions that no officer has settled, among the enterprises that the actor may see.

    `asked` is a fact and a period that are wanted alone, settled or not.
    """
    spoken = _several_voices(actor, enterprise)
    heads, found = sorted(spoken), []
    for start in range(0, len(heads), _AT_ONCE):
        some = heads[start : start + _AT_ONCE]
        rows = queries.visible_to(actor).in_bulk(some)
        values, choices = (
            queries.by_head(queries.values_of_heads(some)),
            queries.by_head(queries.choices_of_heads(some)),
        )
        for head in some:
            said = [row for row in values[head] if (row.fact, row.period) in spoken[head]]
            latest = {(row.fact, row.period): row for row in choices[head]}
            for key, standing in standings(said, choices[head]).items():
                wanted = key == asked if asked else standing.clashing
                if wanted and head in rows and key[0] in dictionary():
                    found.append(Clash(rows[head], dictionary()[key[0]], key[1], standing, latest.get(key)))
                    if len(found) == SHOWN:
                        return found
    return found


def _several_voices(actor: Actor, enterprise: str) -> dict[str, set[tuple[str, str]]]:
    """(fact, period) pairs on which more than one source speaks, by enterprise."""
    rows = EnterpriseValue.objects.filter(**queries.IN_FORCE).annotate(
        head=Coalesce("enterprise__merged_into_id", F("enterprise_id"))
    )
    if enterprise:
        rows = rows.filter(head=enterprise)
    spoken = (
        rows.values("head", "fact", "period")
        .annotate(one=Min("recording__source"), other=Max("recording__source"))
        .exclude(one=F("other"))
        .order_by("head", "fact", "period")
    )
    grouped: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for head, fact, period in spoken.values_list("head", "fact", "period"):
        grouped[head].add((fact, period))
    return grouped


@dataclass(frozen=True, slots=True)
class Settled:
    """What an officer chose, with the enterprise as it is now."""

    enterprise: Enterprise
    fact: Fact
    choice: ValueChoice


def settled(actor: Actor) -> list[Settled]:
    """The latest choices, newest first, so that each can be looked at and taken back."""
    head = Coalesce("enterprise__merged_into_id", F("enterprise_id"))
    rows = ValueChoice.objects.select_related("by", "chosen").annotate(head=head).order_by("-pk")
    latest: dict[tuple[str, str, str], Any] = {}
    for row in rows[: SHOWN * 4]:
        latest.setdefault((row.head, row.fact, row.period), row)
    firms = queries.visible_to(actor).in_bulk({key[0] for key in latest})
    return [
        Settled(firms[firm], dictionary()[fact], row)
        for (firm, fact, _), row in latest.items()
        if row.seen_up_to and firm in firms and fact in dictionary()
    ][:SHOWN]


def corrections(actor: Actor) -> QuerySet[Correction]:
    """Corrections that wait for the actor's review, oldest first."""
    return _to_review(actor).filter(state=Correction.State.PROPOSED)


def ended_corrections(actor: Actor) -> QuerySet[Correction]:
    """Those that were accepted, refused or withdrawn, the latest first."""
    ended = _to_review(actor).exclude(state=Correction.State.PROPOSED)
    return ended.select_related("decided_by").order_by("-decided_at")[:SHOWN]


def _to_review(actor: Actor) -> QuerySet[Correction]:
    scope = VERBS["correction.review"].scopes.get(actor.role)
    rows = Correction.objects.select_related("enterprise", "proposed_by")
    if scope is Scope.everywhere:
        return rows
    if scope is Scope.own_county and actor.region_code:
        return rows.filter(enterprise__region=actor.region_code)
    return rows.none()


def now_stated(correction: Correction) -> Any:
    """What counts at present for the fact that a correction is about; None when nobody said."""
    ids = queries.cluster_of([correction.enterprise_id])
    rows = [row for row in queries.values_of(ids, [correction.fact]) if row.period == correction.period]
    found = standings(rows, queries.choices_of(ids)).get((correction.fact, correction.period))
    return found.current if found else None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one enterprise, with what was judged about them before."""

    left: Enterprise
    right: Enterprise
    reasons: tuple[str, ...]
    judged: Judgement | None

    @property
    def both(self) -> tuple[Enterprise, Enterprise]:
        """The two, in the order of their ids."""
        return self.left, self.right

    @property
    def seen(self) -> int:
        """The id of the latest judgement, 0 without any."""
        return self.judged.pk if self.judged else 0


def judged_pairs(actor: Actor) -> list[Pair]:
    """The latest judgements, newest first, so that each can be looked at and taken back."""
    latest: dict[tuple[str, str], Judgement] = {}
    rows = Judgement.objects.filter(
        left__recording__withdrawn_at=None, right__recording__withdrawn_at=None
    ).select_related("left", "right", "by")
    for row in rows.order_by("-pk")[: SHOWN * 4]:
        latest.setdefault((row.left_id, row.right_id), row)
    return [Pair(row.left, row.right, (), row) for row in list(latest.values())[:SHOWN]]


def latest_judgement(left: str, right: str) -> Judgement | None:
    """What was last judged about a pair."""
    first, second = sorted((left, right))
    return Judgement.objects.filter(left=first, right=second).select_related("by").last()


def same_code() -> Iterator[tuple[str, str]]:
    """Pairs of enterprises that carry the same credit code."""
    codes = (
        queries.every().exclude(credit_code="").values("credit_code").annotate(n=Count("pk")).filter(n__gt=1)
    )
    for code in codes.order_by("credit_code").values_list("credit_code", flat=True)[:SHOWN]:
        ids = list(queries.every().filter(credit_code=code).order_by("pk").values_list("pk", flat=True))
        yield from ((ids[0], other) for other in ids[1:])


def decided() -> set[tuple[str, str]]:
    """Pairs on which somebody has said `same` or `different`."""
    latest: dict[tuple[str, str], str] = {}
    rows = Judgement.objects.order_by("pk").values_list("left_id", "right_id", "decision")
    for left, right, decision in rows:
        latest[left, right] = decision
    return {pair for pair, decision in latest.items() if decision != Judgement.Decision.UNSURE}
