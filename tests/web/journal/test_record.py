"""Events stand and fall with the change they tell of, and the table takes nothing back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from lianzhang.casework import PROGRAM, Actor, Role
from lianzhang.kernel import Quantity
from lianzhang.kernel.event import GENESIS
from lianzhang.web.journal import queries, triggers
from lianzhang.web.journal.actions.record import (
    JournalBroken,
    NotInTransaction,
    record,
    record_refused,
    recorded_last,
)
from lianzhang.web.journal.models import Event, Head
from lianzhang.web.journal.verify import BreakKind


def fill(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            record(PROGRAM, "claim.accept", f"claim:{number}", {"state": "proposed"}, {"value": str(number)})


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(NotInTransaction):
        record(PROGRAM, "claim.accept", "claim:1")
    assert Event.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_no_event_and_no_gap() -> None:
    fill(2)
    with pytest.raises(RuntimeError), transaction.atomic():
        record(PROGRAM, "claim.accept", "claim:9")
        raise RuntimeError
    fill(1)
    assert list(Event.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    assert queries.verification().whole


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_not_recorded_in_a_transaction_that_could_take_it_back() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        record_refused(PROGRAM, "claim.accept", "claim:1", "不可以")
    record_refused(PROGRAM, "claim.accept", "claim:1", "不可以")
    assert Event.objects.get().result == "refused"


@pytest.mark.django_db
def test_values_are_kept_exactly_and_in_one_form() -> None:
    with transaction.atomic():
        record(PROGRAM, "claim.edit", "claim:1", None, {"值": Decimal("17.30"), "day": date(2025, 8, 15)})
        record(PROGRAM, "claim.edit", "claim:2", None, {"text": "坏\udcff\x00字", "set": {"b", "a"}})
    first, second = Event.objects.order_by("seq")
    assert first.after == '{"day":"2025-08-15","值":"17.30"}'
    assert second.after == '{"set":["a","b"],"text":"坏\\\\udcff\\u0000字"}'
    assert first.previous_hash == GENESIS
    assert second.previous_hash == first.hash
    assert queries.verification().whole


@pytest.mark.django_db
def test_what_json_cannot_hold_is_refused_rather_than_guessed() -> None:
    with pytest.raises(TypeError), transaction.atomic():
        record(PROGRAM, "claim.edit", "claim:1", None, {"value": 1.5})
    with pytest.raises(TypeError), transaction.atomic():
        record(PROGRAM, "claim.edit", "claim:1", None, {"value": Quantity})


@pytest.mark.django_db
def test_an_event_names_person_post_and_organisation(actor: Callable[..., Actor]) -> None:
    officer = actor(Role.chain_officer)
    with transaction.atomic():
        record(officer, "claim.accept", "claim:1")
    event = Event.objects.order_by("seq").last()
    assert event is not None
    assert event.actor == f"person:{officer.person_id}"
    assert officer.name in event.acting_for
    assert officer.organisation_name in event.acting_for
    assert "链长办工作人员" in event.acting_for


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_event SET verb = 'claim.drop' WHERE seq = 2",
        "UPDATE journal_event SET seq = 9 WHERE seq = 3",
        "DELETE FROM journal_event WHERE seq = 3",
        "DELETE FROM journal_event",
        "INSERT INTO journal_event SELECT 5, at, actor, acting_for, verb, subject, before, after, result, "
        "hash_name, previous_hash, hash FROM journal_event WHERE seq = 1",
        "INSERT INTO journal_event SELECT 1, at, actor, acting_for, verb, subject, before, after, result, "
        "hash_name, previous_hash, hash FROM journal_event WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_change_what_is_recorded(statement: str) -> None:
    fill(3)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert queries.verification().checked == 3


@pytest.mark.django_db
def test_the_database_refuses_the_ways_of_its_own_kind() -> None:
    fill(3)
    own = {
        "postgresql": "TRUNCATE journal_event",
        "sqlite": "REPLACE INTO journal_event SELECT 2, at, actor, acting_for, verb, subject, before, after, "
        "result, hash_name, previous_hash, hash FROM journal_event WHERE seq = 1",
    }[connection.vendor]
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(own)
    assert queries.verification().checked == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "seq", "kind"),
    [
        ("UPDATE journal_event SET actor = 'person:other' WHERE seq = 4", 4, BreakKind.altered),
        ("UPDATE journal_event SET at = replace(at, '202', '203') WHERE seq = 4", 4, BreakKind.altered),
        ("UPDATE journal_event SET after = 'null' WHERE seq = 7", 7, BreakKind.altered),
        ("UPDATE journal_event SET seq = 40 WHERE seq = 4", 4, BreakKind.missing),
        ("DELETE FROM journal_event WHERE seq = 5", 5, BreakKind.missing),
        ("DELETE FROM journal_event WHERE seq > 8", 9, BreakKind.head),
        (
            "INSERT INTO journal_event SELECT 11, at, actor, acting_for, verb, subject, before, after, result, "
            "hash_name, previous_hash, hash FROM journal_event WHERE seq = 10",
            11,
            BreakKind.head,
        ),
        ("DELETE FROM journal_head", 1, BreakKind.head),
    ],
)
def test_whoever_removes_the_triggers_is_found_by_the_chain(
    statement: str, seq: int, kind: BreakKind
) -> None:
    fill(10)
    triggers.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    found = queries.verification().first_break
    assert found is not None
    assert kind in {found.kind, BreakKind.head}
    assert found.seq == seq
    triggers.install(connection)


@pytest.mark.django_db
def test_without_its_end_the_journal_lets_nothing_happen() -> None:
    Head.objects.all().delete()
    with pytest.raises(JournalBroken), transaction.atomic():
        record(PROGRAM, "claim.accept", "claim:1")


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_the_same_moment_make_one_chain() -> None:
    start = threading.Barrier(4)
    problems: list[BaseException] = []

    def write(name: str) -> None:
        try:
            start.wait()
            for number in range(15):
                with transaction.atomic():
                    record(PROGRAM, "claim.accept", f"claim:{name}{number}")
        except BaseException as error:
            problems.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert problems == []
    result = queries.verification()
    assert result.whole
    assert result.checked == 60
    assert len({event.subject for event in Event.objects.all()}) == 60


@pytest.mark.django_db
def test_reading_the_whole_journal_costs_few_queries(django_assert_max_num_queries: Any) -> None:
    fill(50)
    with django_assert_max_num_queries(4):
        assert queries.verification().checked == 50


@pytest.mark.django_db
def test_what_is_recorded_last_comes_in_its_order_at_the_end_and_not_at_all_after_a_failure() -> None:
    with transaction.atomic():
        with recorded_last():
            assert record(PROGRAM, "import.bring", "import:1") == 0
            with recorded_last():
                record(PROGRAM, "import.commit", "import:1")
            assert not Event.objects.filter(subject="import:1").exists()
        found = Event.objects.filter(subject="import:1").order_by("seq").values_list("verb", flat=True)
        assert list(found) == ["import.bring", "import.commit"]
    with pytest.raises(ZeroDivisionError), transaction.atomic(), recorded_last():
        record(PROGRAM, "import.bring", "import:2")
        raise ZeroDivisionError
    with transaction.atomic():
        assert record(PROGRAM, "import.bring", "import:3") > 0
    assert not Event.objects.filter(subject="import:2").exists()
