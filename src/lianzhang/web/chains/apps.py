"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class ChainsConfig(AppConfig):
    """Industry chains and counties."""

    name = "lianzhang.web.chains"
    label = "chains"
    verbose_name = "产业链"

    def ready(self) -> None:
        """Hear what happens to enterprises."""
        from django.db.models.signals import post_save

        from lianzhang.web.chains.following import hear

        post_save.connect(hear, sender="journal.Event", dispatch_uid="chains follow the registry")
