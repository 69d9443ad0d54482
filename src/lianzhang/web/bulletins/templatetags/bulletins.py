"""Tags and filters loaded with `{% load bulletins %}`."""

from __future__ import annotations

from typing import Any

from django import template

from lianzhang.web.bulletins import words
from lianzhang.web.bulletins.refusals import said_time

register = template.Library()


@register.filter
def in_words(stored: Any) -> str:
    """A sentence kept in both languages, in the reader's."""
    return words.say(stored)


@register.filter
def marks_of(piece: Any) -> str:
    """The ordinals of the claims on a piece of the original, for review.js."""
    return " ".join(piece.marks)


@register.filter
def clock_words(instant: Any) -> str:
    """An instant in words: today's by the clock, others with the day."""
    return said_time(instant).say(words.language()) if instant else ""


@register.filter
def tone_among(piece: Any, tones: dict[str, str]) -> str:
    """The tone of a piece: that of the claim on it that most needs a look."""
    found = [tones[mark] for mark in piece.marks if mark in tones]
    return min(found, key=_URGENCY.index) if found else "plain"


#: Most urgent first; review.js keeps the same order.
_URGENCY = ("target", "conflict", "damaged", "unsure", "sure", "accepted", "edited", "dropped")
