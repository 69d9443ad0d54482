"""Filters loaded with `{% load matrix %}`."""

from __future__ import annotations

from typing import Any

from django import template

from lianzhang.web.flow.words import language

register = template.Library()


@register.filter
def short_words(county: Any) -> str:
    """The short name of a county in the reader's language; the full one where there is no short one."""
    if language() == "en":
        return str(county.short_name_en or county.name_en or county.name)
    return str(county.short_name or county.name)
