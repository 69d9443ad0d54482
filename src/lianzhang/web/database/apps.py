"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """Start-up checks of the database."""

    name = "lianzhang.web.database"
    label = "database"
    verbose_name = "数据库"

    def ready(self) -> None:
        """Register the checks."""
        from lianzhang.web.database import checks  # noqa: F401
