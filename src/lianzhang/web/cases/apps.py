"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Requests."""

    name = "lianzhang.web.cases"
    label = "cases"
    verbose_name = "诉求"
