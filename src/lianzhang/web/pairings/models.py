"""Columns of needs and of the consents by which they are shared."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianzhang.kernel import clock
from lianzhang.web.flow.columns import CaseColumns


class Need(CaseColumns):
    """What a firm looks for from an institute or a bank. `partner` and `planned` are empty without consent."""

    kind = "need"

    class Sort(models.TextChoices):
        """What is looked for."""

        technology = "technology", _("技术")
        finance = "finance", _("融资")
        talent = "talent", _("人才")
        testing = "testing", _("检测")

    sort = models.CharField(max_length=12, choices=Sort.choices)
    text = models.TextField()
    amount = models.CharField(max_length=60, blank=True)
    #: The figure with year and unit, sealed: seen by the firm, and by a bank only after a consent of its own.
    revenue = models.TextField(blank=True)
    #: A band such as 2000万元—5000万元.
    revenue_band = models.CharField(max_length=40, blank=True)
    contact_name = models.CharField(max_length=40, blank=True)
    contact_phone = models.TextField(blank=True)
    form_key = models.UUIDField(null=True, unique=True)

    class Meta(CaseColumns.Meta):
        pass


class Consent(models.Model):
    """What may be shown to whom, for what, until when. Withdrawn ones stay as a record of what once was."""

    id = models.BigAutoField(primary_key=True)
    need = models.ForeignKey(Need, models.PROTECT, related_name="consents")
    receiver = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    #: Names of the fields that may be shown.
    fields = models.JSONField()
    #: The second consent: the exact revenue too, to a bank and nobody else.
    exact_revenue = models.BooleanField(default=False)
    purpose = models.CharField(max_length=200)
    until = models.DateField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_consent_in_force", fields=["need"], condition=Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="consent_withdrawn_later",
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} {self.receiver_id}"
