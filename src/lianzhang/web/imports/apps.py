"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Batches, remembered columns."""

    name = "lianzhang.web.imports"
    label = "imports"
    verbose_name = "导入"
