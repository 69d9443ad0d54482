"""What an enterprise says about itself: proposed, then accepted as one more dated value, refused or withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, FactValue, Text, clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import base_facts, queries
from lianzhang.web.registry.actions.choose import NeedsReason, locked, something_new
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.entries import Entries, Source, ValueEntry
from lianzhang.web.registry.models import Correction, Enterprise, ValueChoice


def propose_correction(
    actor: Actor, enterprise_id: str, *, fact: str, value: FactValue, period: str = "", because: str
) -> Correction:
    """Say what a fact about one's own enterprise should be. Nothing changes until an officer has agreed."""
    if not because.strip():
        raise NeedsReason(
            Text("请写明依据。", "Say what it rests on."),
            Text("例如：2024年审计报告第3页。", "For example: audit report of 2024, page 3."),
        )
    with transaction.atomic():
        enterprise = locked(actor, enterprise_id, "correction.propose")
        waiting = Correction.objects.filter(
            enterprise=enterprise, fact=fact, period=period, state=Correction.State.PROPOSED
        )
        if waiting.exists():
            raise Conflict(
                Text("这一项已有一条更正在等审核。", "A correction of this is waiting for review already."),
                Text(
                    "请等它有结果，或先撤回它，再提下一条。",
                    "Wait for its outcome, or withdraw it, before proposing another.",
                ),
            )
        correction = Correction.objects.create(
            enterprise=enterprise,
            fact=fact,
            period=period,
            because=because.strip()[:300],
            proposed_by_id=actor.person_id,
            **base_facts.columns_for(fact, value),
        )
        record(
            actor,
            "correction.propose",
            f"correction:{correction.pk}",
            after={"enterprise": enterprise.pk, "fact": fact, "period": period, **_said(correction)},
        )
    return correction


def accept_correction(
    actor: Actor, correction_id: UUID, *, version: int, because: str = "", seen_up_to: int | None = None
) -> Correction:
    """Enter what the enterprise says as the value that counts; earlier values stay beside it.

    `seen_up_to` is the newest value that the officer had before them (0 = none): a newer one raises Conflict.
    """
    with transaction.atomic():
        correction = _locked(actor, correction_id, version)
        if seen_up_to is not None and queries.newest_on(correction) > seen_up_to:
            raise something_new()
        said = f"企业更正：{correction.because}"
        entry = ValueEntry(
            enterprise=correction.enterprise_id,
            fact=correction.fact,
            period=correction.period,
            number=correction.number,
            text=correction.text,
            unit=correction.unit,
        )
        source = Source(kind="enterprise", name=said, as_of=clock.today())
        entered = enter(actor, Entries(values=[entry]), source=source)
        _prefer(actor, correction)
        correction.recording = entered.recording
        _end(actor, correction, Correction.State.ACCEPTED, because=because)
    return correction


def refuse_correction(actor: Actor, correction_id: UUID, *, version: int, because: str) -> Correction:
    """Leave everything as it is, and say why to the enterprise."""
    if not because.strip():
        raise NeedsReason(
            Text("退回时请写明理由，企业会看到。", "Say why: the enterprise will read it."),
        )
    with transaction.atomic():
        correction = _locked(actor, correction_id, version)
        _end(actor, correction, Correction.State.REFUSED, because=because)
    return correction


def withdraw_correction(actor: Actor, correction_id: UUID, *, version: int) -> Correction:
    """Take back what one's own enterprise proposed, while nobody has decided about it. It stays readable."""
    with transaction.atomic():
        correction = _locked(actor, correction_id, version, verb="correction.withdraw")
        _end(actor, correction, Correction.State.WITHDRAWN, verb="correction.withdraw")
    return correction


def _locked(
    actor: Actor, correction_id: UUID, version: int, *, verb: str = "correction.review"
) -> Correction:
    correction = Correction.objects.select_for_update().filter(pk=correction_id).first()
    if correction is None:
        raise Http404
    enterprise = Enterprise.objects.select_for_update(no_key=True).get(pk=correction.enterprise_id)
    require_for(actor, verb, queries.subject_of(enterprise, actor))
    if correction.version != version or correction.state != Correction.State.PROPOSED:
        raise Conflict(
            Text("企业刚撤回了这条更正。", "The enterprise has just withdrawn this correction.")
            if correction.state == Correction.State.WITHDRAWN
            else Text("这条更正刚被别人审核过。", "Somebody has just decided about this correction."),
            Text("请看现在的结果。", "See the present result."),
        )
    return correction


def _prefer(actor: Actor, correction: Correction) -> None:
    """The officer has seen both and takes the enterprise's: no conflict is left open by it."""
    newest = queries.newest_on(correction)
    ValueChoice.objects.create(
        enterprise_id=correction.enterprise_id,
        fact=correction.fact,
        period=correction.period,
        chosen_id=newest,
        because=f"采用企业更正：{correction.because}"[:200],
        seen_up_to=newest,
        by_id=actor.person_id,
    )


def _end(
    actor: Actor, correction: Correction, state: str, *, because: str = "", verb: str = "correction.review"
) -> None:
    correction.state = state
    correction.decided_by_id = actor.person_id
    correction.decided_at = clock.now()
    correction.decision_because = because.strip()[:300]
    correction.version += 1
    correction.save()
    record(
        actor,
        verb,
        f"correction:{correction.pk}",
        before={"state": "proposed"},
        after={
            "state": state,
            "because": correction.decision_because,
            "enterprise": correction.enterprise_id,
        },
    )


def _said(correction: Correction) -> dict[str, Any]:
    return {
        "number": correction.number,
        "text": correction.text[:200],
        "unit": correction.unit,
        "because": correction.because,
    }
