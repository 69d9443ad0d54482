"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class ExemptionsConfig(AppConfig):
    """Studies of minor exemption."""

    name = "lianzhang.web.exemptions"
    label = "exemptions"
    verbose_name = "轻微免罚研判"
