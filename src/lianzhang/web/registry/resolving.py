"""Which enterprise a name means: what people confirmed, else what the names say."""

from __future__ import annotations

from django.db.models import Q

from lianzhang.web.registry import queries
from lianzhang.web.registry.models import Enterprise
from lianzhang.web.registry.search_keys import sound_of

_SHOWN = 8


def alike(name: str, *, credit_code: str = "") -> list[Enterprise]:
    """Enterprises that a new one of this name may be: the same code, or a name that sounds the same."""
    sound = sound_of(name)
    sounds = Q(search__contains=sound) if sound else Q(pk__in=[])
    if credit_code:
        sounds |= Q(credit_code=credit_code)
    return list(queries.every().filter(sounds).order_by("name")[:_SHOWN])
