"""Tags and filters loaded with `{% load imports %}`."""

from __future__ import annotations

from typing import Any

from django import template

from lianzhang.web.imports import words
from lianzhang.web.registry import words as registry_words

register = template.Library()


@register.filter
def in_words(stored: Any) -> str:
    """A sentence kept in both languages, in the reader's."""
    return words.say(stored)


@register.filter
def rule_words(name: str) -> str:
    """What a rule finds, in a few words."""
    return words.rule(name)


@register.filter
def title_state(state: str) -> str:
    """Where a title of the registry stands."""
    return registry_words.title_state(state)


@register.filter
def how_words(column: dict[str, Any]) -> str:
    """How a column was recognised, or why it is left out."""
    return words.how(column)
