"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    """Problems of chains."""

    name = "lianzhang.web.problems"
    label = "problems"
    verbose_name = "产业链问题"
