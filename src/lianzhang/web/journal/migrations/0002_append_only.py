"""Begin the chain and let the database refuse every change to it."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from lianzhang.kernel.event import GENESIS
from lianzhang.web.journal import triggers


def begin(apps: Any, schema_editor: Any) -> None:
    """The head of an empty chain, and the triggers."""
    apps.get_model("journal", "Head").objects.create(id=1, seq=0, hash=GENESIS)
    triggers.install(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take both away."""
    triggers.remove(schema_editor.connection)
    apps.get_model("journal", "Head").objects.all().delete()


class Migration(migrations.Migration):
    """The one row of the head, and triggers on events."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(begin, remove)]
