"""The register of activity refuses UPDATE and DELETE by itself, in PostgreSQL as in SQLite.

Two exceptions. An entry may lose its person (actor, student) and nothing else, as when an account is deleted. And
while a row stands in `classrooms_registeropening`, which the upkeep writes and takes away in one transaction, so that
no other transaction ever sees it.
"""

# ruff: noqa: S608 (the names of columns stand above; nothing of a person is in these statements)
from django.db import migrations

KEPT = ("id", "school_id", "verb", "about", "facts", "at")
LOST = ("actor_id", "student_id")

SQLITE = [
    """
    CREATE TRIGGER register_is_only_added_to BEFORE UPDATE ON classrooms_auditentry
    WHEN NOT EXISTS (SELECT 1 FROM classrooms_registeropening) AND NOT ({same})
    BEGIN SELECT RAISE(ABORT, 'The register of activity is only added to.'); END
    """.format(
        same=" AND ".join(
            [f"NEW.{name} IS OLD.{name}" for name in KEPT]
            + [f"(NEW.{name} IS OLD.{name} OR NEW.{name} IS NULL)" for name in LOST]
        )
    ),
    """
    CREATE TRIGGER register_loses_nothing BEFORE DELETE ON classrooms_auditentry
    WHEN NOT EXISTS (SELECT 1 FROM classrooms_registeropening)
    BEGIN SELECT RAISE(ABORT, 'The register of activity is only added to.'); END
    """,
]
POSTGRESQL = [
    """
    CREATE FUNCTION classrooms_guard_register() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM classrooms_registeropening)
           AND (TG_OP = 'DELETE' OR NOT ({same}))
        THEN RAISE EXCEPTION 'The register of activity is only added to.' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$
    """.format(
        same=" AND ".join(
            [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in KEPT]
            + [f"(NEW.{name} IS NOT DISTINCT FROM OLD.{name} OR NEW.{name} IS NULL)" for name in LOST]
        )
    ),
    """
    CREATE TRIGGER register_is_only_added_to BEFORE UPDATE OR DELETE ON classrooms_auditentry
    FOR EACH ROW EXECUTE FUNCTION classrooms_guard_register()
    """,
]
BACK = {
    "sqlite": ["DROP TRIGGER register_is_only_added_to", "DROP TRIGGER register_loses_nothing"],
    "postgresql": [
        "DROP TRIGGER register_is_only_added_to ON classrooms_auditentry",
        "DROP FUNCTION classrooms_guard_register()",
    ],
}


def guard(apps, schema_editor):
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor, [])
    for statement in statements:
        # No parameters: in SQLite "%" and ";" inside of a trigger would otherwise be read as the editor's own.
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(statement)


def let_go(apps, schema_editor):
    for statement in BACK.get(schema_editor.connection.vendor, []):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("classrooms", "0003_years_trash_and_protection")]
    operations = [migrations.RunPython(guard, let_go)]
