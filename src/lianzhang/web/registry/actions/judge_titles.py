"""Say whether two rows tell of one title: the same, two titles, or not clear. Always reversible."""

from __future__ import annotations

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions.choose import NeedsReason, locked
from lianzhang.web.registry.actions.refresh import raise_version
from lianzhang.web.registry.models import TitleHolding, TitleJudgement
from lianzhang.web.registry.same_titles import Double, as_one, doubles_of
from lianzhang.web.registry.titles import holdings_in_force


def judge_titles(
    actor: Actor, enterprise_id: str, *, one: int, other: int, decision: str, because: str, seen: int
) -> TitleJudgement:
    """Add a judgement on two rows (their ids) that the program takes, or people judged, for one title.

    `same` counts them once, `different` as two, `unsure` leaves it to the program again. `seen` is the id of the
    latest judgement that the officer had before them (0 = none). Raises Conflict when there is a newer one, or
    when the two are no such pair (any more), `NeedsReason` without a reason.
    """
    because = because.strip()
    if not because:
        raise NeedsReason(
            Text("请写明判断的理由。", "Say why you judge so."),
            Text("例如：两份名单是同一批文件。", "For example: both lists come from one document."),
        )
    left, right = sorted((one, other))
    with transaction.atomic():
        enterprise = locked(actor, enterprise_id, "title.judge")
        ids = queries.cluster_of([enterprise.pk])
        # Two officers who judge the same pair, or a correction of it, follow one another.
        held = TitleHolding.objects.select_for_update(no_key=True).filter(pk__in=(left, right)).order_by("pk")
        list(held)
        double = _double(ids, left, right)
        if double.seen != seen:
            raise Conflict(
                Text("这两条刚被别人判断过。", "Somebody has just judged these two."),
                Text("请看对方的判断和理由，再决定。", "See their judgement and reason, then decide."),
            )
        row = TitleJudgement.objects.create(
            left_id=left, right_id=right, decision=decision, because=because[:200], by_id=actor.person_id
        )
        raise_version({enterprise.pk})
        record(
            actor,
            "title.judge",
            f"enterprise:{enterprise.pk}",
            before={"decision": double.judged.decision} if double.judged else None,
            after={
                "title": double.row.title,
                "rows": [left, right],
                "decision": decision,
                "because": row.because,
            },
        )
    return row


def _double(ids: list[str], left: int, right: int) -> Double:
    for double in doubles_of(as_one(holdings_in_force().filter(enterprise__in=ids))):
        if {double.full.pk, double.row.pk} == {left, right}:
            return double
    raise Conflict(
        Text("这两条已不再像是同一项称号。", "These two do not look like one title any more."),
        Text("请看现在的称号，再决定。", "See the titles as they are now, then decide."),
    )
