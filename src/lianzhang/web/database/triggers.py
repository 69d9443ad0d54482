"""Rules that the database itself keeps, installed by migrations on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Triggers:
    """The triggers of one table: for SQLite by name, for PostgreSQL as statements that install and remove them."""

    sqlite: Mapping[str, str]
    postgresql_install: Sequence[str]
    postgresql_remove: Sequence[str]

    def install(self, connection: Any) -> None:
        """Switch the rules on."""
        _run(connection, self.sqlite.values() if connection.vendor == "sqlite" else self.postgresql_install)

    def remove(self, connection: Any) -> None:
        """Switch the rules off; only migrations that rebuild the table, and tests, do this."""
        if connection.vendor == "sqlite":
            _run(connection, [f"DROP TRIGGER IF EXISTS {name}" for name in self.sqlite])
        else:
            _run(connection, self.postgresql_remove)


def _run(connection: Any, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
