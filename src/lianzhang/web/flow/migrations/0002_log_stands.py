"""Let the database refuse every change to the log of cases."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from lianzhang.web.flow import triggers


def begin(apps: Any, schema_editor: Any) -> None:
    """Switch the triggers on."""
    triggers.install(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    """Switch them off."""
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers on lines of the log."""

    dependencies = [("flow", "0001_initial")]
    operations = [migrations.RunPython(begin, remove)]
