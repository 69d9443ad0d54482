"""Django's entry to the visual language."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Frame, components, home and help."""

    name = "lianzhang.web.ui"
    label = "ui"
    verbose_name = "界面"
