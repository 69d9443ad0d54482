"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class AnalysesConfig(AppConfig):
    """Analyses and saved scenarios."""

    name = "lianzhang.web.analyses"
    label = "analyses"
    verbose_name = "测算"
