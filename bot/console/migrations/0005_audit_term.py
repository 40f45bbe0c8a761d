"""Lines of the audit log may be removed after their term, five years; younger ones are refused as before."""

from importlib import import_module

from django.db import migrations

before = import_module("bot.console.migrations.0004_audit_add_only")
TABLE, REFUSAL = before.TABLE, before.REFUSAL
DAYS = 1825

SQLITE = (
    f"DROP TRIGGER {TABLE}_no_delete",
    f"""CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE}
        WHEN datetime(OLD.at) >= datetime('now', '-{DAYS} days')
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END""",
)
POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND OLD.at < now() - interval '{DAYS} days' THEN
                RETURN OLD;
            END IF;
            IF TG_OP <> 'TRUNCATE' OR EXISTS (SELECT 1 FROM {TABLE}) THEN
                RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$""",
)


def allow_old(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def refuse_all(apps, schema_editor):
    before.release(apps, schema_editor)
    before.guard(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ("console", "0004_audit_add_only"),
    ]

    operations = [
        migrations.RunPython(allow_old, refuse_all),
    ]
