"""Columns of visits and of what they found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianzhang.web.flow.columns import CaseColumns


class Visit(CaseColumns):
    """One visit of one unit to one firm; `planned` is its day, `lead` the unit that goes."""

    kind = "visit"

    class Sort(models.TextChoices):
        """What the visit is."""

        service = "service", _("服务走访")
        patrol = "patrol", _("巡链")
        arrival = "arrival", _("新落地企业回访")

    #: The record of the registry; the firm may have no account.
    enterprise = models.ForeignKey("registry.Enterprise", models.PROTECT, null=True, related_name="+")
    sort = models.CharField(max_length=10, choices=Sort.choices, default=Sort.service)
    purpose = models.CharField(max_length=200, blank=True)
    visitors = models.CharField(max_length=200, blank=True)
    #: For new arrivals: months after landing, and what was found in order.
    month = models.PositiveSmallIntegerField(null=True)
    checked = models.JSONField(default=list)

    class Meta(CaseColumns.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="arrival_visit_once", fields=["firm", "month"], condition=models.Q(month__isnull=False)
            )
        ]

    @property
    def firm_name(self) -> str:
        """The firm in words."""
        return str(self.firm or self.enterprise or "")


class Finding(models.Model):
    """Something found on a visit, and the request that it became."""

    id = models.BigAutoField(primary_key=True)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    title = models.CharField(max_length=60)
    request = models.UUIDField()
    number = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.title
