"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    """Enterprises."""

    name = "lianzhang.web.registry"
    label = "registry"
    verbose_name = "企业库"
