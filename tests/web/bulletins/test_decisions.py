"""Claims become facts by a person's decision, and every decision can be taken back."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict
from lianzhang.web.bulletins import actions
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.bulletins.refusals import ClaimConflict, NeedsChoice, NeedsTyping, NotReady
from lianzhang.web.facts.models import Confirmation, Fact
from lianzhang.web.facts.statement import Statement
from lianzhang.web.journal.actions.record import JournalBroken
from lianzhang.web.journal.models import Event, Head
from tests.web.bulletins.conftest import SUBJECT, make_claim, make_document

pytestmark = pytest.mark.django_db


def claim_of(document: Document, ordinal: int) -> Claim:
    return document.claims.get(ordinal=ordinal)


def current() -> list[Fact]:
    return list(Fact.objects.filter(withdrawn_at=None).order_by("accepted_at"))


def test_an_accepted_claim_becomes_a_fact_with_its_source_its_date_and_who_accepted_it(
    officer: Actor, document: Document
) -> None:
    claim = claim_of(document, 0)
    actions.accept(officer, claim.pk, version=1)
    [fact] = current()
    assert (fact.subject, fact.indicator, fact.value, fact.unit) == (
        SUBJECT,
        "营业收入",
        Decimal("318.4"),
        "亿元",
    )
    assert (fact.period, fact.period_start.isoformat(), fact.period_end.isoformat()) == (
        "2024", "2024-01-01", "2024-12-31",
    )  # fmt: skip
    assert (fact.subject_kind, fact.region_code, fact.as_of.isoformat()) == ("chain", "371500", "2025-08-15")
    assert (fact.claim_id, str(fact.accepted_by_id), fact.typed_by_id) == (claim.pk, officer.person_id, None)
    claim.refresh_from_db()
    assert (claim.state, claim.version) == ("accepted", 2)


def test_the_digits_of_a_fact_stay_as_they_were_stated(officer: Actor, document: Document) -> None:
    claim = make_claim(
        document, "7.1%", indicator="增速", value="12345678901234567.8900", unit="元", period="2024"
    )
    actions.accept(officer, claim.pk, version=1)
    assert str(current()[0].value) == "12345678901234567.8900"


def test_accepting_leaves_one_event_that_says_what_was_taken_from_where(
    officer: Actor, document: Document
) -> None:
    claim = claim_of(document, 0)
    actions.accept(officer, claim.pk, version=1)
    event = Event.objects.get(subject=f"claim:{claim.pk}")
    assert event.verb == "claim.accept"
    assert '"value":"318.4"' in event.after
    assert f'"start":{claim.start}' in event.after


def test_nothing_is_stored_when_the_journal_cannot_be_written(officer: Actor, document: Document) -> None:
    Head.objects.all().delete()
    with pytest.raises(JournalBroken):
        actions.accept(officer, claim_of(document, 0).pk, version=1)
    assert current() == []
    assert claim_of(document, 0).state == "proposed"


def test_of_two_officers_one_wins_and_the_other_is_told_who_was_faster(
    officer: Actor, document: Document, actor: Any
) -> None:
    claim = claim_of(document, 0)
    slower = actor(Role.chain_officer)
    actions.accept(officer, claim.pk, version=1)
    with pytest.raises(ClaimConflict) as caught:
        actions.drop(slower, claim.pk, version=1)
    assert officer.name in caught.value.say("zh")
    assert "接受" in caught.value.say("zh")
    assert caught.value.claim.state == "accepted"
    assert len(current()) == 1


def test_a_version_from_before_an_undo_is_too_old(officer: Actor, document: Document) -> None:
    claim = claim_of(document, 0)
    actions.accept(officer, claim.pk, version=1)
    actions.undo(officer, document.pk)
    with pytest.raises(Conflict):
        actions.accept(officer, claim.pk, version=1)
    actions.accept(officer, claim.pk, version=3)
    assert len(current()) == 1


def test_a_damaged_claim_is_never_accepted_as_it_was_read(officer: Actor, document: Document) -> None:
    with pytest.raises(NeedsTyping):
        actions.accept(officer, claim_of(document, 3).pk, version=1)
    assert current() == []


def test_a_claim_without_a_subject_is_not_accepted_as_it_was_read(officer: Actor, document: Document) -> None:
    claim = make_claim(document, "增速7.1%", subject="", certainty="unsure", value="7.1", unit="%")
    with pytest.raises(NeedsTyping):
        actions.accept(officer, claim.pk, version=1)


def test_a_damaged_claim_typed_in_by_a_person_is_a_fact_marked_as_typed(
    officer: Actor, document: Document
) -> None:
    claim = claim_of(document, 3)
    typed = replace(Statement.of(claim), subject="肯石重工", value=Decimal("1338.8"), qualifier="exact")
    actions.correct(officer, claim.pk, typed, version=1)
    [fact] = current()
    assert str(fact.typed_by_id) == officer.person_id
    claim.refresh_from_db()
    assert (claim.state, claim.value) == ("edited", None)


def test_accepting_the_sure_group_leaves_unsure_and_damaged_claims_alone(
    officer: Actor, document: Document
) -> None:
    accepted = actions.accept_sure(officer, document.pk)
    assert [claim.ordinal for claim in accepted.claims] == [0, 1]
    assert [claim.state for claim in document.claims.order_by("ordinal")] == [
        "accepted", "accepted", "proposed", "proposed",
    ]  # fmt: skip
    assert Event.objects.filter(verb="claim.accept").count() == 2


def test_the_sure_group_is_only_what_the_officer_saw(officer: Actor, document: Document, actor: Any) -> None:
    shown = {claim.pk: claim.version for claim in document.claims.filter(certainty="sure")}
    other = actor(Role.chain_officer)
    actions.drop(other, claim_of(document, 0).pk, version=1)
    make_claim(document, "增速7.1%", indicator="增速", value="7.1", unit="%", period="2024")
    accepted = actions.accept_sure(officer, document.pk, shown=shown)
    assert [claim.ordinal for claim in accepted.claims] == [1]
    assert accepted.overtaken == 1


def test_claims_of_one_bulletin_that_contradict_each_other_are_not_in_the_sure_group(
    officer: Actor, document: Document
) -> None:
    make_claim(document, "318.4亿元", value="381.4", unit="亿元", qualifier="exact", period="2024")
    accepted = actions.accept_sure(officer, document.pk)
    assert [claim.ordinal for claim in accepted.claims] == [1]


def test_one_undo_takes_back_a_whole_group(officer: Actor, document: Document) -> None:
    accepted = actions.accept_sure(officer, document.pk)
    actions.undo(officer, document.pk, decision=accepted.decision)
    assert current() == []
    assert Fact.objects.count() == 2
    assert set(document.claims.values_list("state", flat=True)) == {"proposed"}
    assert Event.objects.filter(verb="claim.undo").count() == 2


def test_undo_without_a_decision_takes_back_ones_own_latest(
    officer: Actor, document: Document, actor: Any
) -> None:
    actions.accept(officer, claim_of(document, 0).pk, version=1)
    actions.drop(officer, claim_of(document, 1).pk, version=1)
    actions.accept(actor(Role.chain_officer), claim_of(document, 2).pk, version=1)
    actions.undo(officer, document.pk)
    assert [claim.state for claim in document.claims.order_by("ordinal")] == [
        "accepted", "proposed", "accepted", "proposed",
    ]  # fmt: skip


def test_a_decision_is_undone_once(officer: Actor, document: Document) -> None:
    decision = actions.drop(officer, claim_of(document, 0).pk, version=1).decision
    actions.undo(officer, document.pk, decision=decision)
    with pytest.raises(Conflict):
        actions.undo(officer, document.pk, decision=decision)


def second_bulletin(document: Document, value: str) -> Claim:
    other = make_document(document.chain, published="2025-09-01")
    return make_claim(
        other, "318.4亿元", value=value, unit="亿元", qualifier="exact", change_pct="7.1",
        change_qualifier="exact", period="2024",
    )  # fmt: skip


def test_the_same_statement_in_a_second_bulletin_is_a_further_source_not_a_second_fact(
    officer: Actor, document: Document
) -> None:
    actions.accept(officer, claim_of(document, 0).pk, version=1)
    again = second_bulletin(document, "318.40")
    actions.accept(officer, again.pk, version=1)
    [fact] = current()
    assert Confirmation.objects.get().claim_id == again.pk
    assert Confirmation.objects.get().fact_id == fact.pk


def test_the_same_amount_in_another_unit_is_the_same_statement(officer: Actor, document: Document) -> None:
    actions.accept(officer, claim_of(document, 0).pk, version=1)
    again = second_bulletin(document, "3184000")
    Claim.objects.filter(pk=again.pk).update(unit="万元")
    actions.accept(officer, again.pk, version=1)
    assert len(current()) == 1


def test_a_fact_whose_first_source_is_undone_lives_on_in_the_second(
    officer: Actor, document: Document
) -> None:
    first = actions.accept(officer, claim_of(document, 0).pk, version=1)
    again = second_bulletin(document, "318.4")
    actions.accept(officer, again.pk, version=1)
    actions.undo(officer, document.pk, decision=first.decision)
    [fact] = current()
    assert fact.claim_id == again.pk
    assert not Confirmation.objects.exists()


def test_another_value_needs_a_choice(officer: Actor, document: Document) -> None:
    actions.accept(officer, claim_of(document, 0).pk, version=1)
    other = second_bulletin(document, "319.0")
    with pytest.raises(NeedsChoice):
        actions.accept(officer, other.pk, version=1)
    assert actions.accept_sure(officer, other.document_id).claims == ()
    assert len(current()) == 1


def test_replacing_withdraws_the_old_value_and_undo_brings_it_back(
    officer: Actor, document: Document
) -> None:
    actions.accept(officer, claim_of(document, 0).pk, version=1)
    [old] = current()
    other = second_bulletin(document, "319.0")
    done = actions.accept(officer, other.pk, version=1, choice=actions.Choice(replace=old.pk))
    [new] = current()
    assert (new.value, new.replaces_id) == (Decimal("319.0"), old.pk)
    actions.undo(officer, other.document_id, decision=done.decision)
    assert current() == [old]


def test_what_was_replaced_stays_withdrawn_once_its_own_claim_is_undone(
    officer: Actor, document: Document
) -> None:
    first = actions.accept(officer, claim_of(document, 0).pk, version=1)
    [old] = current()
    other = second_bulletin(document, "319.0")
    done = actions.accept(officer, other.pk, version=1, choice=actions.Choice(replace=old.pk))
    actions.undo(officer, document.pk, decision=first.decision)
    actions.undo(officer, other.document_id, decision=done.decision)
    assert current() == []


def test_both_values_stay_when_a_reason_is_given(officer: Actor, document: Document) -> None:
    actions.accept(officer, claim_of(document, 0).pk, version=1)
    other = second_bulletin(document, "319.0")
    actions.accept(officer, other.pk, version=1, choice=actions.Choice(because="含汽车零部件"))
    assert [fact.beside_because for fact in current()] == ["", "含汽车零部件"]
    with pytest.raises(NeedsChoice):
        third = second_bulletin(document, "320")
        actions.accept(officer, third.pk, version=1, choice=actions.Choice(because="  "))


def test_two_fields_of_one_county_in_one_list_do_not_contradict_each_other(
    officer: Actor, document: Document
) -> None:
    for name in ("电机装备", "轴承"):
        make_claim(
            document, "装备制造", subject="临清市", indicator="细分领域", kind="assignment", sub_field=name
        )
    assert len(actions.accept_sure(officer, document.pk).claims) == 4
    assert {fact.field_chain_id for fact in current() if fact.sub_field} == {"electric-motors", "bearings"}


def test_a_statement_added_by_hand_is_a_fact_with_its_place(officer: Actor, document: Document) -> None:
    key = claim_of(document, 0).pk.__class__(int=7)
    start = document.text.index("增速7.1%")
    statement = Statement(subject=SUBJECT, indicator="增速", value=Decimal("7.1"), unit="%", period="2024")
    for _ in range(2):
        actions.add(officer, document.pk, statement, start=start, end=start + 6, form_key=key)
    added = Claim.objects.get(pk=key)
    assert (added.quote, added.state, str(added.added_by_id)) == ("增速7.1%", "edited", officer.person_id)
    assert [fact.claim_id for fact in current()] == [key]


def test_a_number_added_by_hand_on_damaged_text_counts_as_typed(officer: Actor, document: Document) -> None:
    start = document.text.index("隹?338.8")
    statement = Statement(subject="肯石重工", indicator="出口额", value=Decimal("1338.8"), unit="万元")
    key = claim_of(document, 0).pk.__class__(int=8)
    actions.add(officer, document.pk, statement, start=start, end=start + 7, form_key=key)
    assert current()[0].typed_by_id is not None
    assert Claim.objects.get(pk=key).value is None


def test_a_bulletin_is_done_only_when_nothing_waits(officer: Actor, document: Document) -> None:
    actions.accept_sure(officer, document.pk)
    assert actions.finish(officer, document.pk).state == "review"
    for claim in document.claims.filter(state="proposed"):
        last = actions.drop(officer, claim.pk, version=claim.version)
    assert actions.finish(officer, document.pk).state == "done"
    actions.undo(officer, document.pk, decision=last.decision)
    document.refresh_from_db()
    assert document.state == "review"


def test_nothing_is_decided_about_a_bulletin_that_is_not_read_yet(officer: Actor, document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(state="reading")
    with pytest.raises(NotReady):
        actions.accept(officer, claim_of(document, 0).pk, version=1)
