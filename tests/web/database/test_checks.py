"""What the installation says about its database before anything is served."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from lianzhang.web.database import checks


@pytest.mark.django_db
def test_the_database_of_this_run_is_safe() -> None:
    found = [*checks.sqlite_is_safe(databases=["default"]), *checks.postgresql_is_safe(databases=["default"])]
    assert [message for message in found if message.is_serious() and message.level >= 40] == []


@pytest.mark.django_db
@pytest.mark.skipif(bool(os.environ.get("LIANZHANG_TEST_DATABASE")), reason="weakens SQLite on purpose")
@pytest.mark.parametrize(
    ("weakness", "identifier"),
    [("PRAGMA synchronous = NORMAL", "lianzhang.E001")],
)
def test_a_weakened_sqlite_is_named(weakness: str, identifier: str) -> None:
    # Not inside a transaction, in which SQLite ignores the setting: on a connection of its own.
    raw = connection.connection
    before = raw.execute("PRAGMA synchronous").fetchone()[0]
    assert before == 2
    raw.commit()
    try:
        raw.execute(weakness)
        assert identifier in {message.id for message in checks.sqlite_is_safe(databases=["default"])}
    finally:
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("BEGIN")


class Answers:
    """A PostgreSQL that answers as a test wants."""

    vendor = "postgresql"

    def __init__(self, **changes: str) -> None:
        self.settings = {
            "fsync": "on", "full_page_writes": "on", "data_checksums": "on",
            "synchronous_commit": "on", "server_encoding": "UTF8",
        } | changes  # fmt: skip

    def cursor(self) -> Answers:
        return self

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def execute(self, *_: object) -> None:
        return None

    def fetchall(self) -> Any:
        return list(self.settings.items())


@pytest.mark.parametrize(
    ("changes", "identifiers"),
    [
        ({}, []),
        ({"fsync": "off"}, ["lianzhang.E011"]),
        ({"full_page_writes": "off"}, ["lianzhang.E011"]),
        ({"synchronous_commit": "off"}, ["lianzhang.E012"]),
        ({"server_encoding": "SQL_ASCII"}, ["lianzhang.E013"]),
        ({"data_checksums": "off"}, ["lianzhang.W014"]),
    ],
)
def test_a_postgresql_that_may_lose_data_is_named(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], identifiers: list[str]
) -> None:
    monkeypatch.setattr(checks, "connection", Answers(**changes))
    found = checks.postgresql_is_safe(databases=["default"])
    assert [message.id for message in found] == identifiers


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/srv/data/one.sqlite3", "nfs4"), ("/srv/other/one.sqlite3", "ext4"), ("/mnt/my disk/x", "cifs")],
)
def test_the_file_system_of_a_path_is_that_of_the_nearest_mount(tmp_path: Path, path: str, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\nserver:/x /srv/data nfs4 rw 0 0\n//s/y /mnt/my\\040disk cifs rw 0 0\n"
    )
    assert checks.file_system_of(Path(path), mounts) == kind


def test_sm3_is_tried_before_it_is_used(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.JOURNAL_HASH = "sm3"
    assert checks.journal_hash_works() == []
    monkeypatch.setattr(checks, "digest", lambda name, content: "0" * 64)
    assert [message.id for message in checks.journal_hash_works()] == ["lianzhang.E020"]

    def missing(name: str, content: bytes) -> str:
        raise ValueError(name)

    monkeypatch.setattr(checks, "digest", missing)
    assert [message.id for message in checks.journal_hash_works()] == ["lianzhang.E020"]
