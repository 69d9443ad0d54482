"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """Lists behind the map."""

    name = "lianzhang.web.ledgers"
    label = "ledgers"
    verbose_name = "图谱清单"
