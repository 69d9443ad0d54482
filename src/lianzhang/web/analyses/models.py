"""Scenarios as they were answered on the day they were saved."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lianzhang.kernel import clock


class Scenario(models.Model):
    """A question of an outage study with its answer; `run` tells whether today's data would answer alike."""

    name = models.CharField(max_length=80)
    enterprise = models.ForeignKey("registry.Enterprise", models.PROTECT, related_name="+")
    days = models.PositiveIntegerField()
    #: Share of output lost, in percent.
    share = models.PositiveSmallIntegerField()
    run = models.CharField(max_length=12)
    #: low, high, survive, recover, links, by_day, hits: [{id, name, first_day, days, worst}]
    answer = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-saved_at", "-pk"]

    def __str__(self) -> str:
        return self.name
