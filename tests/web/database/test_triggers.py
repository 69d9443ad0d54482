"""A table's triggers are switched on and off on whatever database runs the suite."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from lianzhang.web.database.triggers import Triggers

_SQLITE = {
    "shelf_refuses": "CREATE TRIGGER shelf_refuses BEFORE DELETE ON shelf "
    "BEGIN SELECT RAISE(ABORT, 'shelf stays'); END"
}
_INSTALL = (
    "CREATE FUNCTION shelf_refuses() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'shelf stays'; END $$",
    "CREATE TRIGGER shelf_refuses BEFORE DELETE ON shelf FOR EACH ROW EXECUTE FUNCTION shelf_refuses()",
)
_REMOVE = ("DROP TRIGGER IF EXISTS shelf_refuses ON shelf", "DROP FUNCTION IF EXISTS shelf_refuses()")


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.django_db
def test_rows_are_kept_while_the_triggers_are_on_and_only_then() -> None:
    triggers = Triggers(_SQLITE, _INSTALL, _REMOVE)
    _run("CREATE TABLE shelf (id integer)", "INSERT INTO shelf VALUES (1)")
    triggers.install(connection)
    with pytest.raises(DatabaseError, match="shelf stays"), transaction.atomic():
        _run("DELETE FROM shelf")
    triggers.remove(connection)
    _run("DELETE FROM shelf", "DROP TABLE shelf")
