"""Rows that are written once: refused in Python and, by trigger, in the database itself."""

from django.db import migrations, models


class AppendOnlyError(Exception):
    """Someone tried to change or delete a row that is only ever added."""


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnlyError(f"{self.model.__name__} rows are never changed")

    def delete(self):
        raise AppendOnlyError(f"{self.model.__name__} rows are never deleted")


class AppendOnlyModel(models.Model):
    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} {self.pk} is never changed")
        super().save(*args, force_insert=True, **{k: v for k, v in kwargs.items() if k != "force_insert"})

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{type(self).__name__} {self.pk} is never deleted")


_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% rows are append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def create_triggers(schema_editor, table: str) -> None:
    """Make `table` refuse UPDATE and DELETE."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRES_FUNCTION, params=None)  # its % is no placeholder
        schema_editor.execute(
            f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION append_only()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f'CREATE TRIGGER {table}_append_only_{verb.lower()} BEFORE {verb} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{table} rows are append-only'); END"
        )


def drop_triggers(schema_editor, table: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f'DROP TRIGGER IF EXISTS {table}_append_only ON "{table}"')
        return
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only_{verb}")


def append_only_trigger(table: str) -> migrations.RunPython:
    """A migration operation that guards `table`."""
    return migrations.RunPython(
        lambda apps, schema_editor: create_triggers(schema_editor, table),
        lambda apps, schema_editor: drop_triggers(schema_editor, table),
    )


def append_only_trigger_again(table: str) -> migrations.RunPython:
    """A migration operation for a guarded table whose columns changed: SQLite makes it anew, without its triggers."""

    def guard(apps, schema_editor):
        drop_triggers(schema_editor, table)
        create_triggers(schema_editor, table)

    return migrations.RunPython(guard, migrations.RunPython.noop)
