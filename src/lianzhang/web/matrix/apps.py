"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class MatrixConfig(AppConfig):
    """The matrix of counties and measures."""

    name = "lianzhang.web.matrix"
    label = "matrix"
    verbose_name = "10+7举措"
