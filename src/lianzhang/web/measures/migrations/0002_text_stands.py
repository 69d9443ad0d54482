"""The database refuses to change the text of a list once it is sent to review."""

from typing import Any

from django.db import migrations

from lianzhang.web.measures import triggers


def install(apps: Any, schema_editor: Any) -> None:
    """Switch the rule on."""
    triggers.install(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    """Switch the rule off."""
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    """Triggers on measures."""

    dependencies = [("measures", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
