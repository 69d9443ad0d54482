"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class BulletinsConfig(AppConfig):
    """Documents, claims, review desk."""

    name = "lianzhang.web.bulletins"
    label = "bulletins"
    verbose_name = "通报"
