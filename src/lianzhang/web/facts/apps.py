"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """Accepted facts."""

    name = "lianzhang.web.facts"
    label = "facts"
    verbose_name = "已入库事实"
