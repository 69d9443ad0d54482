"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Visits."""

    name = "lianzhang.web.visits"
    label = "visits"
    verbose_name = "走访"
