"""The database's own refusal to let one person be an administrator and anything else (三员分立).

Constraints cannot look across tables, so triggers do. On PostgreSQL the person's row is locked first, so that
two proposals made at the same moment see each other; SQLite has one writer anyway.
"""

from __future__ import annotations

from lianzhang.web.database.triggers import Triggers

_ADMINISTRATORS = "('system_admin', 'security_admin', 'audit_admin')"

_CLASH = f"""
    SELECT 1 FROM people_holding other
    JOIN people_post theirs ON theirs.id = other.post_id
    JOIN people_post ours ON ours.id = NEW.post_id
    WHERE other.person_id = NEW.person_id AND other.id <> NEW.id AND other.state <> 'refused'
      AND theirs.role <> ours.role
      AND (theirs.role IN {_ADMINISTRATORS} OR ours.role IN {_ADMINISTRATORS})
      AND (NEW.ends IS NULL OR other.starts <= NEW.ends)
      AND (other.ends IS NULL OR NEW.starts <= other.ends)
"""  # noqa: S608 - constants of this file

_SQLITE = {
    f"people_holding_apart_{act.lower()}": f"""
        CREATE TRIGGER people_holding_apart_{act.lower()} BEFORE {act} ON people_holding
        WHEN NEW.state <> 'refused'
        BEGIN SELECT RAISE(ABORT, 'administrators are separate') WHERE EXISTS ({_CLASH}); END"""
    for act in ("INSERT", "UPDATE")
} | {
    "people_post_keeps_role": """
        CREATE TRIGGER people_post_keeps_role BEFORE UPDATE OF role ON people_post
        WHEN NEW.role <> OLD.role
        BEGIN SELECT RAISE(ABORT, 'a post keeps its role'); END""",
}

_POSTGRESQL_INSTALL = (
    f"""CREATE OR REPLACE FUNCTION people_holding_apart() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM 1 FROM people_person WHERE id = NEW.person_id FOR UPDATE;
            IF NEW.state <> 'refused' AND EXISTS ({_CLASH}) THEN
                RAISE EXCEPTION 'administrators are separate' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER people_holding_apart BEFORE INSERT OR UPDATE ON people_holding
        FOR EACH ROW EXECUTE FUNCTION people_holding_apart()""",
    """CREATE OR REPLACE FUNCTION people_post_keeps_role() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.role <> OLD.role THEN
                RAISE EXCEPTION 'a post keeps its role' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
    """CREATE TRIGGER people_post_keeps_role BEFORE UPDATE ON people_post
        FOR EACH ROW EXECUTE FUNCTION people_post_keeps_role()""",
)
_POSTGRESQL_REMOVE = (
    "DROP TRIGGER IF EXISTS people_holding_apart ON people_holding",
    "DROP FUNCTION IF EXISTS people_holding_apart()",
    "DROP TRIGGER IF EXISTS people_post_keeps_role ON people_post",
    "DROP FUNCTION IF EXISTS people_post_keeps_role()",
)

_TRIGGERS = Triggers(_SQLITE, _POSTGRESQL_INSTALL, _POSTGRESQL_REMOVE)
install, remove = _TRIGGERS.install, _TRIGGERS.remove
