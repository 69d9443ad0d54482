"""Columns of who has which enterprise in charge. Ended ones stay as a record."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lianzhang.kernel import clock


class Charge(models.Model):
    """One person looks after one enterprise on behalf of a chain."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    enterprise = models.ForeignKey("registry.Enterprise", models.PROTECT, related_name="+")
    chain = models.ForeignKey("chains.Chain", models.PROTECT, related_name="+")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["person", "enterprise__search"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="charge_once", fields=["person", "enterprise", "chain"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(
                name="charge_ends_later", condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.enterprise_id}"
