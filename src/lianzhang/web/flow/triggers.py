"""The database's own refusal to change or remove lines of the log of cases, on SQLite and PostgreSQL.

A later migration that rebuilds `flow_step` calls `remove` before and `install` after.
"""

from __future__ import annotations

from lianzhang.web.database.triggers import Triggers

_SQLITE = {
    f"flow_step_no_{act.lower()}": f"""
        CREATE TRIGGER flow_step_no_{act.lower()} BEFORE {act} ON flow_step
        BEGIN SELECT RAISE(ABORT, 'flow_step is append-only'); END"""
    for act in ("UPDATE", "DELETE")
} | {
    # INSERT OR REPLACE removes the old row without asking the delete trigger.
    "flow_step_new": """
        CREATE TRIGGER flow_step_new BEFORE INSERT ON flow_step
        WHEN EXISTS (SELECT 1 FROM flow_step WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'flow_step is append-only'); END""",
}

_POSTGRESQL_INSTALL = (
    """CREATE OR REPLACE FUNCTION flow_step_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'flow_step is append-only' USING ERRCODE = 'check_violation'; END $$""",
    """CREATE TRIGGER flow_step_no_change BEFORE UPDATE OR DELETE ON flow_step
        FOR EACH ROW EXECUTE FUNCTION flow_step_refuse()""",
    """CREATE TRIGGER flow_step_no_truncate BEFORE TRUNCATE ON flow_step
        FOR EACH STATEMENT EXECUTE FUNCTION flow_step_refuse()""",
)
_POSTGRESQL_REMOVE = (
    "DROP TRIGGER IF EXISTS flow_step_no_change ON flow_step",
    "DROP TRIGGER IF EXISTS flow_step_no_truncate ON flow_step",
    "DROP FUNCTION IF EXISTS flow_step_refuse()",
)

_TRIGGERS = Triggers(_SQLITE, _POSTGRESQL_INSTALL, _POSTGRESQL_REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
