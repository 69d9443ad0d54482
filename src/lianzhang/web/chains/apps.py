"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class ChainsConfig(AppConfig):
    """Industry chains and counties."""

    name = "lianzhang.web.chains"
    label = "chains"
    verbose_name = "产业链"
