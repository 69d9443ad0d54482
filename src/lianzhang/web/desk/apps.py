"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk."""

    name = "lianzhang.web.desk"
    label = "desk"
    verbose_name = "待办"
