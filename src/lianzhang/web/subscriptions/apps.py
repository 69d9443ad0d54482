"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """Subscriptions and what they brought."""

    name = "lianzhang.web.subscriptions"
    label = "subscriptions"
    verbose_name = "订阅"
