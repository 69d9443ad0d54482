"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class MatchesConfig(AppConfig):
    """Matches of enterprises with measures, policies and titles."""

    name = "lianzhang.web.matches"
    label = "matches"
    verbose_name = "政策匹配"
