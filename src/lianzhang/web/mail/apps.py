"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class MailConfig(AppConfig):
    """E-mail notices."""

    name = "lianzhang.web.mail"
    label = "mail"
    verbose_name = "邮件"
