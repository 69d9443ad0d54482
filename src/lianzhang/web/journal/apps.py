"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The append-only record of acts."""

    name = "lianzhang.web.journal"
    label = "journal"
    verbose_name = "操作日志"
