"""What somebody typed, kept on the page although somebody else was faster."""

from __future__ import annotations

from typing import Any

from lianzhang.kernel import Conflict
from lianzhang.web.registry import words
from lianzhang.web.registry.models import Enterprise


def keep_typed(form: Any, row: Enterprise, error: Conflict) -> None:
    """Let the form say what happened, and send the record as it is now when it is sent again."""
    row.refresh_from_db()
    form.data["version"] = str(row.version)
    form.add_error(None, error.say(words.language()))
