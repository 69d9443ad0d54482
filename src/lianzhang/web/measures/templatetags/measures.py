"""What the templates of lists ask for."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language, gettext

from lianzhang.web.measures.queries import Difference
from lianzhang.web.measures.words import COLUMNS, sentence_of

register = template.Library()


@register.filter
def columns_of(difference: Difference) -> list[tuple[str, str, str]]:
    """The changed columns of a measure: label, what it said, what it says."""
    language = get_language() or "zh-hans"
    return [
        (COLUMNS[name].say(language), _said(difference.before, name), _said(difference.after, name))
        for name in difference.columns
    ]


def _said(measure: Any, name: str) -> str:
    value = getattr(measure, name)
    if name == "requires":
        return sentence_of(value)
    if name == "basis":
        return "\n".join(f"{row.get('document', '')} {row.get('clause', '')}".strip() for row in value)
    if name == "stated":
        return "\n".join(value)
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if name == "status":
        return str(measure.get_status_display())
    return (
        "\n".join(f"{key}: {item}" for key, item in value.items()) if isinstance(value, dict) else str(value)
    )
