"""Words of the pages about cases in the reader's language."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language

from lianzhang.kernel import Text, clock


def language() -> str:
    """`zh` or `en`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(stored: Text | dict[str, str] | None) -> str:
    """A text, or one kept as JSON, in the reader's language."""
    if stored is None:
        return ""
    if isinstance(stored, Text):
        return stored.say(language())
    return stored.get(language()) or stored.get("zh", "")


def instant(at: datetime | None) -> str:
    """An instant as people read it: `11-30 17:30`, with the year when it is not this one."""
    if at is None:
        return ""
    local = at.astimezone(clock.CHINA)
    return f"{local:%m-%d %H:%M}" if local.year == clock.today().year else f"{local:%Y-%m-%d %H:%M}"
