"""Let the database refuse one person in two administrators' posts."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from lianzhang.web.people import triggers


def install(apps: Any, schema_editor: Any) -> None:
    """Switch the refusals on."""
    triggers.install(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    """Switch the refusals off."""
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers on holdings and posts."""

    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
