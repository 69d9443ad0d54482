"""What can be followed, as it stands on a day: title, last day, and a digest of the text that tells a change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from lianzhang.casework import ANONYMOUS
from lianzhang.kernel import Text
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import Rule, conditions, rule_book, sentence
from lianzhang.web.measures.actions.draft import WRITTEN
from lianzhang.web.measures.queries import measure, measures_in_force


@dataclass(frozen=True, slots=True)
class Followed:
    """A text in force. `until` is its last day, None where none is set."""

    key: str
    title: Text
    until: date | None
    text: str
    href: str = ""


def texts_on(day: date) -> dict[str, Followed]:
    """Every text in force on a day that can be followed, by key. What is not here is not in force."""
    return {**_lists(day), **_rules(day)}


def _lists(day: date) -> dict[str, Followed]:
    found: dict[str, Followed] = {}
    words: dict[str, dict[str, str]] = {}
    for row in measures_in_force(ANONYMOUS, day):
        listed, version = row.version.list, row.version
        written = {name: getattr(row, name) for name in WRITTEN if name != "position"}
        key = f"measure:{listed.code}/{row.code}"
        digest = _digest({**written, "until": str(version.valid_to)})
        card = reverse("measures:card", args=[row.pk])
        found[key] = Followed(key, Text(row.title, row.title_en or row.title), version.valid_to, digest, card)
        whole = f"list:{listed.code}"
        words.setdefault(whole, {})[row.code] = digest
        title = Text(listed.title, listed.title_en or listed.title)
        href = reverse("measures:list", args=[listed.code])
        found[whole] = Followed(whole, title, version.valid_to, _digest(words[whole]), href)
    return found


def _rules(day: date) -> dict[str, Followed]:
    book = rule_book(open_pack(settings.LIANZHANG_PACK))
    return {f"rule:{rule.id}": _rule(rule) for rule in book.on(day)}


def _rule(rule: Rule) -> Followed:
    days = [one for one in (rule.force.end, rule.document.until) if one is not None]
    until = min(days) if days else None
    said = {
        "conditions": sentence(rule),
        "parameters": {
            name: [f"{value.start} {value.until} {value.value}" for value in parameter.values]
            for name, parameter in rule.parameters.items()
            if name in _parameters(rule)
        },
        "gives": rule.offer.gives.zh if rule.offer.gives else "",
        "stated": [line.zh for line in rule.stated],
        "until": str(until),
    }
    key = f"rule:{rule.id}"
    return Followed(key, rule.title, until, _digest(said))


def _parameters(rule: Rule) -> set[str]:
    return {getattr(one, "parameter", "") for one in conditions(rule.requires)} - {""}


def _digest(said: Mapping[str, Any]) -> str:
    whole = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()


def key_of(raw: str) -> str:
    """The key under which a page names what it shows; a measure's own id becomes its place on its list."""
    kind, _, rest = raw.partition(":")
    if kind != "measure" or "/" in rest:
        return raw
    try:
        row = measure(ANONYMOUS, UUID(rest))
    except ValueError:
        row = None
    return raw if row is None else f"measure:{row.version.list.code}/{row.code}"
