"""Which enterprise a name means: what people confirmed, else what the names say."""

from __future__ import annotations

from django.db.models import Q

from lianzhang.web.registry import queries
from lianzhang.web.registry.models import Enterprise
from lianzhang.web.registry.search_keys import search_keys

_SHOWN = 8


def alike(name: str, *, credit_code: str = "") -> list[Enterprise]:
    """Enterprises that a new one of this name may be: the same code, or a name that sounds the same."""
    keys = search_keys([name]).split("\n")
    sounds = Q(pk__in=[])
    for key in keys[1:3]:
        sounds |= Q(search__contains=key)
    if credit_code:
        sounds |= Q(credit_code=credit_code)
    return list(queries.every().filter(sounds).order_by("name")[:_SHOWN])
