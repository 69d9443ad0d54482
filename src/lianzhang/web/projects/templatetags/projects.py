"""Filters loaded with `{% load projects %}`."""

from __future__ import annotations

from typing import Any

from django import template

from lianzhang.casework.lights import Light
from lianzhang.web.flow import rules
from lianzhang.web.flow.words import say

register = template.Library()


@register.filter
def light_tone(light: str) -> str:
    """The state of the chip of a light."""
    return {"red": "danger", "yellow": "warning", "green": "good"}.get(light, "")


@register.filter
def light_words(light: str) -> str:
    """A light in words."""
    return say(Light(light).label)


@register.filter
def factor_words(row: Any) -> str:
    """Which of the seven factors."""
    return say(rules.presets("project").words["factors"].get(row.factor))
