"""The database's own refusal to change or remove events, on SQLite and PostgreSQL.

A later migration that rebuilds `journal_event` calls `remove` before and `install` after.
"""

from __future__ import annotations

from lianzhang.web.database.triggers import Triggers

_SQLITE = {
    "journal_event_no_update": """
        CREATE TRIGGER journal_event_no_update BEFORE UPDATE ON journal_event
        BEGIN SELECT RAISE(ABORT, 'journal_event is append-only'); END""",
    "journal_event_no_delete": """
        CREATE TRIGGER journal_event_no_delete BEFORE DELETE ON journal_event
        BEGIN SELECT RAISE(ABORT, 'journal_event is append-only'); END""",
    # INSERT OR REPLACE removes the old row without asking the delete trigger; the number decides here.
    "journal_event_next": """
        CREATE TRIGGER journal_event_next BEFORE INSERT ON journal_event
        WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal_event)
        BEGIN SELECT RAISE(ABORT, 'journal_event must continue its numbers'); END""",
}

_POSTGRESQL_INSTALL = (
    """CREATE OR REPLACE FUNCTION journal_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'journal_event is append-only' USING ERRCODE = 'check_violation'; END $$""",
    """CREATE OR REPLACE FUNCTION journal_event_continue() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal_event) THEN
                RAISE EXCEPTION 'journal_event must continue its numbers' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER journal_event_no_change BEFORE UPDATE OR DELETE ON journal_event
        FOR EACH ROW EXECUTE FUNCTION journal_event_refuse()""",
    """CREATE TRIGGER journal_event_no_truncate BEFORE TRUNCATE ON journal_event
        FOR EACH STATEMENT EXECUTE FUNCTION journal_event_refuse()""",
    """CREATE TRIGGER journal_event_next BEFORE INSERT ON journal_event
        FOR EACH ROW EXECUTE FUNCTION journal_event_continue()""",
)
_POSTGRESQL_REMOVE = (
    "DROP TRIGGER IF EXISTS journal_event_no_change ON journal_event",
    "DROP TRIGGER IF EXISTS journal_event_no_truncate ON journal_event",
    "DROP TRIGGER IF EXISTS journal_event_next ON journal_event",
    "DROP FUNCTION IF EXISTS journal_event_refuse()",
    "DROP FUNCTION IF EXISTS journal_event_continue()",
)

_TRIGGERS = Triggers(_SQLITE, _POSTGRESQL_INSTALL, _POSTGRESQL_REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
