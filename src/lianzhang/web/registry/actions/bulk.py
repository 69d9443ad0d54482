"""Many rows at once: what the ORM would spend on half a million small objects goes straight to the driver.

The columns and their order are given by the caller; values are plain Python values that `column_value`
has turned into what the driver takes. Must run inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

_AT_ONCE = 5000


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of `columns` (attribute names) into the table of `model`."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(model._meta.get_field(name).column) for name in columns)
    table = quote(model._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 - names of our columns
        _many(cursor, statement, map(_for_sqlite, rows))


def update(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set `columns` of single rows; each row has their values in order and the primary key last."""
    quote = connection.ops.quote_name
    settings = ", ".join(f"{quote(model._meta.get_field(name).column)} = %s" for name in columns)
    key = quote(model._meta.pk.column)  # type: ignore[union-attr]
    statement = f"UPDATE {quote(model._meta.db_table)} SET {settings} WHERE {key} = %s"  # noqa: S608
    with transaction.atomic(), connection.cursor() as cursor:
        _many(cursor, statement, rows if connection.vendor == "postgresql" else map(_for_sqlite, rows))


def _many(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> None:
    rows = iter(rows)
    while chunk := list(islice(rows, _AT_ONCE)):
        cursor.executemany(statement, chunk)


def _for_sqlite(row: Sequence[Any]) -> list[Any]:
    return [_text(cell) if isinstance(cell, Decimal | date) else cell for cell in row]


def _text(cell: Decimal | date) -> str:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
