"""Tags and filters loaded with `{% load facts %}`."""

from __future__ import annotations

from typing import Any

from django import template

from lianzhang.kernel import ClaimKind

register = template.Library()


@register.filter
def particulars(stated: Any) -> list[str]:
    """What a fact states beside its number: the title, the field, the project, the scope."""
    named = [stated.sub_field, stated.project, stated.scope, stated.batch]
    if stated.kind == ClaimKind.TITLE:
        named = [
            f"{stated.level}{stated.title}" if stated.level not in stated.title else stated.title,
            *named,
        ]
    return [name for name in named if name and name not in stated.indicator]
