"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People, organisations, sign-in."""

    name = "lianzhang.web.people"
    label = "people"
    verbose_name = "人员与单位"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen for sign-ins: each session begins with its times and address."""
        from lianzhang.web.people.actions import sessions  # noqa: F401
