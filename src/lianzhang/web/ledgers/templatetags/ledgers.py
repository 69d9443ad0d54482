"""Tags loaded with `{% load ledgers %}`."""

from __future__ import annotations

from django import template

from lianzhang.kernel import Text
from lianzhang.web.chains import words

register = template.Library()


@register.simple_tag
def spoken(text: Text) -> str:
    """A text of the core in the reader's language."""
    return words.spoken(text)
