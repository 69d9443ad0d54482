"""Tags and filters loaded with `{% load chains %}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html

from lianzhang.web.chains import words
from lianzhang.web.chains.models import Chain, Placement

register = template.Library()


@register.simple_tag
def name_of(chain: Chain) -> str:
    """The short name of a chain in the reader's language."""
    return words.name(chain)


@register.simple_tag
def full_name_of(chain: Chain) -> str:
    """The full name of a chain in the reader's language."""
    return words.full_name(chain)


@register.filter
def indicator_words(name: str) -> str:
    """The name of an indicator in the reader's language."""
    return words.indicator(name)


@register.filter
def measure_of(fact: Any, project: Any) -> str:
    """What a fact about a project measures, without the name of the project in front."""
    return words.indicator(fact.indicator.removeprefix(project.name) or fact.indicator)


@register.filter
def of_key(mapping: Mapping[str, Any], key: str) -> Any:
    """What a mapping has under a key; empty when it has nothing."""
    return mapping.get(key, "")


@register.simple_tag
def evidence_of(placement: Placement) -> str:
    """The item that placed an enterprise, the words of the node marked in it."""
    start = (placement.term_start or 0) - (placement.item_start or 0)
    if placement.item_start is None or not placement.term or start < 0:
        return placement.item
    end = start + len(placement.term)
    item = placement.item
    return format_html("{}<mark>{}</mark>{}", item[:start], item[start:end], item[end:])
