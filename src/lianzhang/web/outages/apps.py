"""Django's entry to the noun. It keeps no rows of its own."""

from __future__ import annotations

from django.apps import AppConfig


class OutagesConfig(AppConfig):
    """Outage studies."""

    name = "lianzhang.web.outages"
    label = "outages"
    verbose_name = "断供推演"
