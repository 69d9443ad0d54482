"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Consultations."""

    name = "lianzhang.web.meetings"
    label = "meetings"
    verbose_name = "双月协商"
