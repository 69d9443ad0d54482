"""The database's own refusal to change the text of a list that is no draft any more."""

from __future__ import annotations

from lianzhang.web.database.triggers import Triggers

_SQLITE = {
    "measures_measure_no_insert": """
        CREATE TRIGGER measures_measure_no_insert BEFORE INSERT ON measures_measure
        WHEN (SELECT state FROM measures_listversion WHERE id = NEW.version_id) <> 'draft'
        BEGIN SELECT RAISE(ABORT, 'the text of a list stands once it is sent to review'); END""",
    "measures_measure_no_update": """
        CREATE TRIGGER measures_measure_no_update BEFORE UPDATE ON measures_measure
        WHEN (SELECT state FROM measures_listversion WHERE id = OLD.version_id) <> 'draft'
        BEGIN SELECT RAISE(ABORT, 'the text of a list stands once it is sent to review'); END""",
    "measures_measure_no_delete": """
        CREATE TRIGGER measures_measure_no_delete BEFORE DELETE ON measures_measure
        WHEN (SELECT state FROM measures_listversion WHERE id = OLD.version_id) <> 'draft'
        BEGIN SELECT RAISE(ABORT, 'the text of a list stands once it is sent to review'); END""",
}

_POSTGRESQL_INSTALL = (
    """CREATE OR REPLACE FUNCTION measures_measure_stands() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE version uuid;
        BEGIN
            IF TG_OP = 'INSERT' THEN version := NEW.version_id; ELSE version := OLD.version_id; END IF;
            IF (SELECT state FROM measures_listversion WHERE id = version) <> 'draft' THEN
                RAISE EXCEPTION 'the text of a list stands once it is sent to review'
                    USING ERRCODE = 'check_violation';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER measures_measure_stands BEFORE INSERT OR UPDATE OR DELETE ON measures_measure
        FOR EACH ROW EXECUTE FUNCTION measures_measure_stands()""",
)
_POSTGRESQL_REMOVE = (
    "DROP TRIGGER IF EXISTS measures_measure_stands ON measures_measure",
    "DROP FUNCTION IF EXISTS measures_measure_stands()",
)

_TRIGGERS = Triggers(_SQLITE, _POSTGRESQL_INSTALL, _POSTGRESQL_REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
