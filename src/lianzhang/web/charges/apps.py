"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class ChargesConfig(AppConfig):
    """Who has which enterprises in charge."""

    name = "lianzhang.web.charges"
    label = "charges"
    verbose_name = "包保企业"
