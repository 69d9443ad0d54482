"""SQLite with WAL, full synchronisation, immediate transactions and, where needed, one writer at a time."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

from lianzhang.web.database.writer import Writer, WriterBusy, needs_one_writer, writer_of

_SETTINGS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA mmap_size = 0;
"""
#: Statements that write nothing, or that only begin and end transactions (which have their own hooks).
_READS = re.compile(
    r"\s*(?:(?:SELECT|EXPLAIN|VALUES|SAVEPOINT|RELEASE|ROLLBACK|COMMIT|BEGIN)\b"
    r"|PRAGMA\s+(?:table_|index_|foreign_key|legacy_alter_table|integrity_check|quick_check|synchronous))",
    re.IGNORECASE,
)
_RETURNS = re.compile(r"\bRETURNING\b", re.IGNORECASE)
#: Seconds to wait for another writer, when the settings say nothing.
_TIMEOUT = 20.0


def _is_in_memory(name: str) -> bool:
    return name == ":memory:" or name.startswith("file:")


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite connection under the rules above."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._holds_writer = False

    @property
    def _writer(self) -> Writer | None:
        name = str(self.settings_dict["NAME"])
        if _is_in_memory(name) or not needs_one_writer(sqlite3.sqlite_version_info):
            return None
        return writer_of(name)

    @property
    def _timeout(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", _TIMEOUT))

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open, making the data folder on first use, then set what SQLite forgets between connections."""
        name = str(conn_params["database"])
        if not _is_in_memory(name):
            Path(name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = super().get_new_connection(conn_params)
        # Turning WAL on writes to the file the first time; afterwards it is a question only.
        if connection.execute("PRAGMA journal_mode").fetchone()[0].lower() != "wal":
            self.take_writer()
            try:
                connection.executescript(_SETTINGS)
            finally:
                self.give_writer_back()
        else:
            connection.executescript(_SETTINGS)
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        """A cursor that takes the right to write for statements outside transactions."""
        cursor = self.connection.cursor(factory=WritingCursor)
        cursor.owner = self
        return cursor

    def take_writer(self) -> None:
        """Become the writer, unless this connection is already."""
        writer = self._writer
        if writer is not None and not self._holds_writer:
            writer.take(self._timeout)
            self._holds_writer = True

    def give_writer_back(self) -> None:
        """Stop being the writer."""
        writer = self._writer
        if writer is not None and self._holds_writer:
            self._holds_writer = False
            writer.give_back()

    def _give_back_after_transaction(self) -> None:
        if self.connection is None or not self.connection.in_transaction:
            self.give_writer_back()

    def _start_transaction_under_autocommit(self) -> None:
        self.take_writer()
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_back_after_transaction()
            raise

    def _commit(self) -> Any:
        try:
            return super()._commit()
        finally:
            self._give_back_after_transaction()

    def _rollback(self) -> Any:
        try:
            return super()._rollback()
        finally:
            self._give_back_after_transaction()

    def _close(self) -> Any:
        # The last connection to close checkpoints. If somebody else is writing now, theirs is open too and
        # ours is not the last, so the right to write is asked for but not waited for.
        writer = self._writer
        if writer is not None and not self._holds_writer:
            with suppress(WriterBusy):
                writer.take(0)
                self._holds_writer = True
        try:
            return super()._close()
        finally:
            self.give_writer_back()


class WritingCursor(base.SQLiteCursorWrapper):
    """Takes the right to write around each writing statement that runs outside a transaction."""

    owner: DatabaseWrapper
    _rows: list[Any] | None = None

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        self._rows = None
        if not self._writes_by_itself(query):
            return super().execute(query, params)
        self.owner.take_writer()
        try:
            result = super().execute(query, params)
            # A statement that returns rows commits when the last one is read: read them before letting go.
            if _RETURNS.search(query):
                self._rows = super().fetchall()
            return result
        finally:
            self.owner.give_writer_back()

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for many rows."""
        self._rows = None
        if not self._writes_by_itself(query):
            return super().executemany(query, param_list)
        self.owner.take_writer()
        try:
            return super().executemany(query, param_list)
        finally:
            self.owner.give_writer_back()

    def fetchone(self) -> Any:
        """The next row."""
        if self._rows is None:
            return super().fetchone()
        return self._rows.pop(0) if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        if self._rows is None:
            return super().fetchmany(size or self.arraysize)
        count = size or self.arraysize
        taken, self._rows = self._rows[:count], self._rows[count:]
        return taken

    def fetchall(self) -> Sequence[Any]:
        """All remaining rows."""
        if self._rows is None:
            return super().fetchall()
        taken, self._rows = self._rows, []
        return taken

    def __iter__(self) -> Iterator[Any]:
        while (row := self.fetchone()) is not None:
            yield row

    def _writes_by_itself(self, query: str) -> bool:
        return not self.connection.in_transaction and not _READS.match(query)
