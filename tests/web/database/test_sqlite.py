"""SQLite under our rules: full synchronisation, one writer, a clear word when somebody else keeps writing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DEFAULT_DB_ALIAS

from lianzhang.web.database.sqlite.base import DatabaseWrapper
from lianzhang.web.database.writer import Writer, WriterBusy, needs_one_writer, writer_of
from lianzhang.web.people.models import Attempt

only_on_sqlite = pytest.mark.skipif(
    bool(os.environ.get("LIANZHANG_TEST_DATABASE")), reason="looks at the SQLite file of this run"
)


@pytest.mark.parametrize(
    ("version", "affected"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 0), True),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_the_versions_with_the_bug_are_known(version: tuple[int, ...], affected: bool) -> None:
    assert needs_one_writer(version) is affected


def open_database(path: Path, *, timeout: float = 0.3) -> DatabaseWrapper:
    """A connection of its own to a file of its own."""
    settings = connection.settings_dict | {
        "ENGINE": "lianzhang.web.database.sqlite",
        "NAME": str(path),
        "OPTIONS": {"timeout": timeout, "transaction_mode": "IMMEDIATE"},
        "TIME_ZONE": None,
    }
    return DatabaseWrapper(settings, alias=DEFAULT_DB_ALIAS + "-sqlite-test")


@pytest.fixture
def file(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """A database file with one table; not the suite's database, so its guard is lifted."""
    path = tmp_path / "one.sqlite3"
    with django_db_blocker.unblock():
        database = open_database(path)
        with database.cursor() as cursor:
            cursor.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, word TEXT)")
        database.close()
        yield path


def ask(path: Path, question: str) -> Any:
    database = open_database(path)
    try:
        with database.cursor() as cursor:
            return cursor.execute(question).fetchone()[0]
    finally:
        database.close()


def test_a_connection_keeps_what_it_commits(file: Path) -> None:
    settings = {
        name: ask(file, f"PRAGMA {name}")
        for name in ("journal_mode", "synchronous", "foreign_keys", "mmap_size")
    }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "mmap_size": 0}


def test_another_process_that_keeps_writing_is_named_and_nothing_is_saved(file: Path) -> None:
    hold = textwrap.dedent(
        """
        import sys, time
        from lianzhang.web.database.writer import writer_of
        writer_of(sys.argv[1]).take(5)
        print("held", flush=True)
        time.sleep(60)
        """
    )
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    other = subprocess.Popen(
        [sys.executable, "-c", hold, str(file)], stdout=subprocess.PIPE, text=True, env=surroundings
    )
    database = open_database(file)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        for write in (lambda: insert(database), lambda: insert_in_transaction(database)):
            started = time.monotonic()
            with pytest.raises(WriterBusy) as refusal:
                write()
            assert time.monotonic() - started < 5
            assert "另一个程序" in str(refusal.value)
            assert "PostgreSQL" in refusal.value.remedy.zh
        with database.cursor() as cursor:
            assert cursor.execute("SELECT count(*) FROM note").fetchone()[0] == 0
    finally:
        other.kill()
        other.communicate()
    # A killed process leaves no lock behind.
    insert(database)
    database.close()
    assert ask(file, "SELECT count(*) FROM note") == 1


def insert(database: DatabaseWrapper, word: str = "x") -> None:
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO note (word) VALUES (%s)", [word])


def insert_in_transaction(database: DatabaseWrapper) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    try:
        insert(database)
        database.commit()
    finally:
        database.set_autocommit(True)


@pytest.mark.parametrize(
    ("statement", "holds"),
    [("SELECT 1", False), ("PRAGMA table_info(note)", False), ("EXPLAIN SELECT 1", False),
     ("INSERT INTO note (word) VALUES ('a')", True), (" update note SET word = 'b'", True),
     ("WITH n AS (SELECT 1 AS k) INSERT INTO note (id) SELECT k + 100 FROM n", True),
     ("PRAGMA wal_checkpoint(TRUNCATE)", True), ("VACUUM", True),
     ("REPLACE INTO note VALUES (1, 'c')", True)],
)  # fmt: skip
def test_whatever_writes_by_itself_does_so_as_the_one_writer(
    file: Path, monkeypatch: pytest.MonkeyPatch, statement: str, holds: bool
) -> None:
    taken: list[str] = []
    database = open_database(file)
    with database.cursor() as cursor:
        original = Writer.take
        monkeypatch.setattr(
            Writer, "take", lambda self, seconds: (taken.append("x"), original(self, seconds))
        )
        cursor.execute(statement)
    assert bool(taken) is (holds and needs_one_writer(sqlite3.sqlite_version_info))
    monkeypatch.undo()
    writer_of(file).take(1)
    writer_of(file).give_back()
    database.close()


def test_rows_that_a_write_returns_are_read_before_the_next_one_writes(file: Path) -> None:
    database = open_database(file)
    with database.cursor() as cursor:
        cursor.execute("INSERT INTO note (word) VALUES ('a'), ('b'), ('c') RETURNING word")
        writer_of(file).take(1)
        writer_of(file).give_back()
        assert cursor.fetchone() == ("a",)
        assert list(cursor) == [("b",), ("c",)]
    database.close()


def test_a_transaction_keeps_the_right_to_write_until_it_ends(file: Path) -> None:
    if not needs_one_writer(sqlite3.sqlite_version_info):
        pytest.skip("this SQLite has its own order among writers")
    database = open_database(file)
    for end in (database.commit, database.rollback):
        database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        insert(database)
        with pytest.raises(WriterBusy):
            writer_of(file).take(0.05)
        end()
        database.set_autocommit(True)
        writer_of(file).take(1)
        writer_of(file).give_back()
    database.close()


def test_a_connection_lost_in_a_transaction_gives_the_right_back(file: Path) -> None:
    database = open_database(file)
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    insert(database)
    database.close()
    writer_of(file).take(1)
    writer_of(file).give_back()
    assert ask(file, "SELECT count(*) FROM note") == 0


WRITE = """
import sys
import django; django.setup()
from tests.web.database.test_sqlite import insert, open_database
from pathlib import Path
database = open_database(Path(sys.argv[1]), timeout=20)
for number in range(int(sys.argv[3])):
    insert(database, f"{sys.argv[2]}{number}")
    print(number, flush=True)
"""


def writing(file: Path, name: str, count: int) -> subprocess.Popen[str]:
    root = Path(__file__).resolve().parents[3]
    paths = os.pathsep.join([*(path for path in sys.path if path), str(root)])
    surroundings = os.environ | {
        "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "lianzhang.web.settings.laptop",
        "LIANZHANG_HOME": str(file.parent),
    }  # fmt: skip
    command = [sys.executable, "-c", WRITE, str(file), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings)


def test_two_processes_write_in_turn_and_lose_nothing(file: Path) -> None:
    processes = [writing(file, name, 60) for name in "ab"]
    for process in processes:
        process.communicate(timeout=60)
    assert [process.returncode for process in processes] == [0, 0]
    assert ask(file, "SELECT count(DISTINCT word) FROM note") == 120
    assert ask(file, "PRAGMA integrity_check") == "ok"


def test_a_killed_writer_loses_nothing_that_it_had_confirmed(file: Path) -> None:
    for attempt in range(3):
        process = writing(file, f"k{attempt}-", 100_000)
        assert process.stdout is not None
        confirmed = -1
        while confirmed < 20:
            confirmed = int(process.stdout.readline())
        process.kill()
        rest, _ = process.communicate()
        confirmed = max([confirmed, *(int(line) for line in rest.splitlines()[:-1])])
        stored = ask(file, f"SELECT count(*) FROM note WHERE word LIKE 'k{attempt}-%%'")
        assert stored >= confirmed + 1
    assert ask(file, "PRAGMA integrity_check") == "ok"


@only_on_sqlite
@pytest.mark.django_db(transaction=True)
def test_threads_wait_for_each_other_instead_of_failing() -> None:
    problems: list[BaseException] = []

    def write(name: str) -> None:
        try:
            for _ in range(20):
                with transaction.atomic():
                    Attempt.objects.create(what="thread", who=name)
                Attempt.objects.create(what="alone", who=name)
        except BaseException as error:
            problems.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert Attempt.objects.count() == 160


@only_on_sqlite
@pytest.mark.django_db
def test_a_busy_database_becomes_a_page_that_says_so(
    client: Any, monkeypatch: pytest.MonkeyPatch, signed_in: Callable[..., Any]
) -> None:
    from lianzhang.casework import Role
    from lianzhang.web.people.pages import account

    def busy(actor: Any) -> None:
        raise WriterBusy(20)

    browser = signed_in(Role.chief)
    monkeypatch.setattr(account.queries, "abilities", busy)
    answer = browser.get("/why/")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "没有保存任何内容" in answer.text
