"""Say whether two enterprises are one: the same, different, or not clear. Always reversible."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, LianzhangError, Text
from lianzhang.naming import clusters
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions.refresh import refresh
from lianzhang.web.registry.models import Enterprise, Judgement


class Contradiction(LianzhangError):
    """The judgement cannot stand beside earlier ones."""


def judge(
    actor: Actor, one: str, other: str, decision: str, *, because: str = "", seen: int | None = None
) -> Judgement:
    """Add a judgement on a pair of ids and let mergers follow from it.

    `same` merges (the older enterprise stays in the lists, the other becomes an alias); `different` and
    `unsure` undo an earlier merger. `seen` is the id of the latest judgement that the officer had before
    them (0 = none): a newer one raises Conflict. Raises Contradiction when a chain of earlier judgements
    says the opposite.
    """
    left, right = sorted((one, other))
    if left == right:
        raise Contradiction(
            Text("请选两家不同的企业。", "Choose two enterprises, not one twice."),
        )
    with transaction.atomic():
        pair = _locked(actor, left, right)
        before = Judgement.objects.filter(left=left, right=right).last()
        if seen is not None and seen != (before.pk if before else 0):
            raise Conflict(
                Text("这一对刚被别人判断过。", "Somebody has just judged this pair."),
                Text("请看对方的判断和理由，再决定。", "See their judgement and reason, then decide."),
            )
        row = Judgement.objects.create(
            left=pair[left],
            right=pair[right],
            decision=decision,
            because=because[:200],
            by_id=actor.person_id,
        )
        _apply({left, right})
        record(
            actor,
            "enterprise.judge",
            f"enterprise:{left}",
            before={"decision": before.decision} if before else None,
            after={"with": right, "decision": decision, "because": row.because},
        )
    return row


def _locked(actor: Actor, left: str, right: str) -> dict[str, Enterprise]:
    # All judgements follow one another: two officers must not build one cluster from two sides.
    group = Enterprise.objects.filter(pk__in=queries.cluster_of([left, right]))
    list(group.select_for_update(no_key=True).order_by("pk"))
    rows = queries.stored({left, right})
    if len(rows) < 2:
        raise Conflict(
            Text("其中一家企业已不在企业库中。", "One of the two is no longer in the registry."),
            Text("请刷新页面。", "Reload the page."),
        )
    for row in rows.values():
        require_for(actor, "enterprise.judge", queries.subject_of(row, actor))
    return rows


def _apply(ids: set[str]) -> None:
    """Let `merged_into` follow from the latest judgements around these enterprises."""
    found = clusters(queries.judged_around(ids))
    if found.contradictions:
        raise _contradiction(found.contradictions[0])
    members = set(found.head) | ids
    rows: dict[str, Any] = {row.pk: row for row in Enterprise.objects.filter(pk__in=members)}
    changed = set()
    for pk, row in rows.items():
        oldest = min(found.together(pk), key=lambda one: (rows[one].recording_id, one))
        head = oldest if oldest != pk else None
        if row.merged_into_id != head:
            changed.update({pk, oldest, row.merged_into_id or pk})
            Enterprise.objects.filter(pk=pk).update(merged_into=head)
    refresh(changed, bump=True)


def _contradiction(chain: tuple[str, ...]) -> Contradiction:
    names = queries.names_of(chain)
    first, last = names[chain[0]], names[chain[-1]]
    between = "、".join(names[pk] for pk in chain[1:-1])
    return Contradiction(
        Text(
            f"“{first}”与“{last}”判为不同，但它们都与“{between}”判为同一家。",
            f"“{first}” and “{last}” are judged different, yet both are judged the same as “{between}”.",
        ),
        Text("请先撤销其中一个判断。", "Take one of these judgements back first."),
    )
