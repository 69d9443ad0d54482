"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class FlowConfig(AppConfig):
    """Steps, clocks, notices, the working calendar."""

    name = "lianzhang.web.flow"
    label = "flow"
    verbose_name = "流转"
