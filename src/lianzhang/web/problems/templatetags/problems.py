"""Filters loaded with `{% load problems %}`."""

from __future__ import annotations

from typing import Any

from django import template

from lianzhang.web.flow import rules
from lianzhang.web.flow.words import say

register = template.Library()


@register.filter
def problem_words(row: Any) -> str:
    """What sort of problem."""
    return say(rules.presets("problem").words["types"].get(row.sort))
