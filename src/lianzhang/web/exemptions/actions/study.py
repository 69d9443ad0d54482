"""Open a study, put facts into it, submit an opinion, approve or return it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import Text, clock, fact_dictionary
from lianzhang.policy import exemption_list
from lianzhang.web.exemptions.actions.locked import NotNow, locked
from lianzhang.web.exemptions.models import Study
from lianzhang.web.exemptions.queries import finding, pack
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for


def open_study(actor: Actor, *, party: str, credit_code: str, item: str, about: str = "") -> Study:
    """Begin a study of one act of one party."""
    with transaction.atomic():
        require_for(
            actor, "exemption.study", Subject(kind="exemption", organisation_id=actor.organisation_id)
        )
        named = exemption_list(pack())[item]
        study = Study.objects.create(
            organisation_id=actor.organisation_id,
            party=party,
            credit_code=credit_code,
            item=named.id,
            about=about,
            opened_by_id=actor.person_id,
        )
        record(actor, "exemption.study", f"exemption:{study.pk}", after={"party": party, "item": named.id})
    return study


def put_facts(actor: Actor, study_id: UUID, *, version: int, facts: dict[str, Any]) -> Study:
    """Write down what is established; facts left out are not established. Raises FactError for nonsense."""
    fact_dictionary(pack()).read(facts)
    with transaction.atomic():
        study = locked(actor, study_id, "exemption.study", version=version, state=Study.State.OPEN)
        before, study.facts = study.facts, facts
        study.save(update_fields=["facts", "version"])
        record(actor, "exemption.study", f"exemption:{study.pk}", before=before, after=facts)
    return study


def submit(actor: Actor, study_id: UUID, *, version: int, opinion: str) -> Study:
    """Hand in the officer's opinion; the program's advice at this moment is kept beside it."""
    if not opinion.strip():
        raise NotNow(Text("请写明办理意见。", "Give your opinion."))
    with transaction.atomic():
        study = locked(actor, study_id, "exemption.study", version=version, state=Study.State.OPEN)
        found = finding(study)
        study.advice, study.ground = found.advice.value, found.ground.zh[:300]
        study.pack_version = str(pack().read_yaml("pack.yaml").get("version", ""))
        study.opinion, study.submitted_by_id = opinion.strip(), actor.person_id
        study.submitted_for_id = actor.for_person_id
        study.state, study.returned_because = Study.State.SUBMITTED, ""
        study.save()
        record(
            actor,
            "exemption.study",
            f"exemption:{study.pk}",
            after={"opinion": study.opinion, "advice": study.advice, "state": study.state},
        )
    return study


def decide(actor: Actor, study_id: UUID, *, version: int, approve: bool, because: str = "") -> Study:
    """Approve the opinion, or return it with the reason. Nobody approves their own."""
    with transaction.atomic():
        study = locked(actor, study_id, "exemption.approve", version=version, state=Study.State.SUBMITTED)
        if not study.submitters.isdisjoint(actor.hands):
            raise NotNow(
                Text("不能审批自己提出的意见。", "Nobody approves the own opinion."),
                Text("请由另一位同事审批。", "Let a colleague do it."),
            )
        if not approve and not because.strip():
            raise NotNow(Text("请写明退回理由。", "Give the reason for returning it."))
        if approve:
            study.state, study.decided_by_id, study.decided_at = (
                Study.State.APPROVED, actor.person_id, clock.now(),
            )  # fmt: skip
        else:
            study.state, study.returned_because = Study.State.OPEN, because.strip()
        study.save()
        record(
            actor,
            "exemption.approve",
            f"exemption:{study.pk}",
            after={"state": study.state, "because": because.strip()},
        )
    return study
