"""Filters loaded with `{% load flow %}`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import template

from lianzhang.casework import FLOWS, Colour
from lianzhang.casework.flow import RESULTS
from lianzhang.kernel import Text
from lianzhang.web.flow import rules, words
from lianzhang.web.flow.acting import RATINGS
from lianzhang.web.flow.columns import CaseColumns

register = template.Library()


@register.filter
def says(stored: Text | dict[str, str] | None) -> str:
    """A bilingual text in the reader's language."""
    return words.say(stored)


@register.filter
def at(instant: datetime | None) -> str:
    """An instant as people read it."""
    return words.instant(instant)


@register.filter
def state_words(row: CaseColumns) -> str:
    """The state of a case in words."""
    return words.say(FLOWS[row.kind].state(row.state).label)


@register.filter
def topic_words(row: Any) -> str:
    """What a request is about."""
    return words.say(rules.presets("request").words["topics"].get(row.topic))


@register.filter
def matter_words(row: CaseColumns) -> str:
    """The class of the matter."""
    matter = rules.presets(row.kind).matters.get(row.matter)
    return words.say(matter.label) if matter else ""


@register.filter
def result_words(result: str) -> str:
    """The result of an answer."""
    return words.say(RESULTS.get(result))


@register.filter
def rating_words(rating: int | None) -> str:
    """A step of the rating."""
    return words.say(RATINGS[rating]) if rating in RATINGS else ""


@register.filter
def colour_words(colour: str) -> str:
    """The word of a colour: it is never shown alone."""
    return words.say(Colour(colour).label) if colour else ""


@register.filter
def colour_tone(colour: str) -> str:
    """The state of the chip of a colour."""
    return {"blue": "info", "yellow": "warning", "red": "danger"}.get(colour, "")
