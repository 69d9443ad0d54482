"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class PairingsConfig(AppConfig):
    """Pairings."""

    name = "lianzhang.web.pairings"
    label = "pairings"
    verbose_name = "供需对接"
