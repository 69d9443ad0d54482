"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    """Lists of measures, policies and matches."""

    name = "lianzhang.web.measures"
    label = "measures"
    verbose_name = "服务清单与政策"
