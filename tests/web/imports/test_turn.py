"""Two imports at once: the second waits for its turn, or is refused with nothing written; offices go on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, connections, transaction

from lianzhang.casework import PROGRAM, Actor
from lianzhang.kernel import Conflict
from lianzhang.web.database.writer import WriterBusy
from lianzhang.web.imports.actions import turn
from lianzhang.web.imports.actions.run import run
from lianzhang.web.imports.actions.turn import own_turn
from lianzhang.web.imports.models import Batch
from lianzhang.web.journal.actions.record import record
from lianzhang.web.journal.models import Event
from tests.web.imports.conftest import rows, table

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite lets one transaction write at a time anyhow"
)


@contextmanager
def another_import() -> Iterator[threading.Event]:
    """One that has recorded something and goes on until the event that this gives is set."""
    begun, done = threading.Event(), threading.Event()

    def work() -> None:
        try:
            with own_turn():
                record(PROGRAM, "import.commit", "import:1")
                begun.set()
                done.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(20)
    try:
        yield done
    finally:
        done.set()
        thread.join(20)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_an_import_that_gets_no_turn_is_refused_and_writes_nothing(
    officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(turn, "_LOOK", 0.01)
    with another_import():
        with (
            pytest.raises(Conflict, match="没有写入"),
            own_turn(lambda phase, share: told.append(phase), patience=0.05),
        ):
            raise AssertionError
        assert "waiting" in told and not Batch.objects.exists()
        with transaction.atomic():
            record(PROGRAM, "import.read", "import:2")  # others record while an import is under way
    subjects = (
        Event.objects.filter(verb__startswith="import.").order_by("seq").values_list("subject", flat=True)
    )
    assert list(subjects) == ["import:2", "import:1"]


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_an_import_waits_for_the_one_before_it(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "_LOOK", 0.01)
    with another_import() as done:

        def tell(phase: str, share: float) -> None:
            if phase == "waiting":
                assert not Batch.objects.exists()
                done.set()

        run(officer, table(*rows(1)), kind="enterprises", name="a.csv", tell=tell)
        assert done.is_set()
    assert Batch.objects.get().state == Batch.State.DONE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "held"), [(WriterBusy(20), True), (OperationalError("no such table: x"), False)]
)
def test_only_locks_held_by_others_are_told_as_such(error: OperationalError, held: bool) -> None:
    with pytest.raises(Conflict if held else OperationalError), own_turn():
        raise error
    assert connection.is_usable()
