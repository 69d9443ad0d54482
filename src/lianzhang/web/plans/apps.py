"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Sub-fields of counties, and plans."""

    name = "lianzhang.web.plans"
    label = "plans"
    verbose_name = "细分领域与方案"
