"""Django's entry to the noun."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Projects."""

    name = "lianzhang.web.projects"
    label = "projects"
    verbose_name = "项目"
