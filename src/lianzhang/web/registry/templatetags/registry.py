"""Words of the registry for templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from lianzhang.kernel.fact import Fact
from lianzhang.web.registry import titles, words
from lianzhang.web.registry.base_facts import dictionary

register = template.Library()


@register.filter
def fact_words(fact: Fact | str) -> str:
    """What a fact is called."""
    found = dictionary().get(fact) if isinstance(fact, str) else fact
    return words.fact_label(found) if found is not None else str(fact)


@register.filter
def yearly_words(fact: Fact) -> str:
    """What a fact is called where each year has its column."""
    return words.yearly_label(fact)


@register.filter
def value_words(row: Any, fact: Fact | None = None) -> str:
    """A value with its unit, as stated."""
    found = fact or dictionary().get(row.fact)
    return words.said(row, found) if found is not None else str(row.text or row.number)


@register.filter
def region_words(region: str) -> str:
    """The name of a county or zone."""
    return words.region(region)


@register.filter
def doubt_words(mark: str) -> str:
    """How well a statement is founded."""
    return words.doubt(mark)


@register.filter
def title_state_words(state: str) -> str:
    """Where a title stands."""
    return words.title_state(state)


@register.filter
def title_state_tone(state: str) -> str:
    """The chip of a title's state."""
    return {"valid": "good", "unknown": "waiting", "revoked": "danger"}.get(state, "")


@register.filter
def title_change_words(what: str) -> str:
    """What became of a title."""
    return words.title_change(what)


@register.filter
def valid_until_of(holding: Any) -> Any:
    """The last day on which a title holds, as the latest word on it says."""
    return titles.valid_until(holding)


@register.filter
def name_kind_words(kind: str) -> str:
    """What sort of name it is."""
    return words.name_kind(kind)


@register.filter
def recording_kind_words(kind: str) -> str:
    """By which door values came in."""
    return words.recording_kind(kind)


@register.filter
def topic_words(topic: str) -> str:
    """The heading of a group of facts."""
    return words.topic(topic)


@register.filter
def cell_words(cell: Any) -> str:
    """A cell of the list as people read it; a dash for what nobody stated."""
    if cell is None or cell == "":
        return "—"
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


@register.filter
def lines(text: str) -> list[str]:
    """The items of a list that is kept one a line."""
    return [line for line in str(text).split("\n") if line]


@register.filter
def amount_words(number: Any, unit: str) -> str:
    """A number and its unit."""
    return words.amount(number, unit)


@register.filter
def stated_amount(row: Any) -> str:
    """The amount of a record as its source has it: 超3000万元 is not 3000万元."""
    return words.amount(row.amount, row.unit, getattr(row, "qualifier", ""))


@register.filter
def of_key(found: dict[Any, Any], key: Any) -> Any:
    """What stands under a key; None where nothing does."""
    return found.get(key)


@register.inclusion_tag("registry/parts/firm.html")
def firm_of(firms: dict[str, Any], subject: str, document_id: Any) -> dict[str, Any]:
    """The enterprise that a subject of a bulletin is, or that there are several; nothing for other subjects."""
    found = firms.get(subject)
    shown = found if found is not None and (found.enterprise or found.candidates) else None
    return {"found": shown, "document_id": document_id}
