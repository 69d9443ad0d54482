"""Columns and constraints of studies of minor exemption."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianzhang.kernel import clock


class Study(models.Model):
    """One minor violation of one party, as far as the officers have established the facts.

    The program's advice is computed from `facts` and shown; what is done stands in the officer's own words in
    `opinion`, and somebody else approves it. Neither is ever filled in by the program.
    """

    class State(models.TextChoices):
        """Where the study stands."""

        OPEN = "open", _("研判中")
        SUBMITTED = "submitted", _("待审批")
        APPROVED = "approved", _("已审批")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    party = models.CharField(max_length=200)
    credit_code = models.CharField(max_length=18, blank=True)
    #: Id of the act on the list of the pack.
    item = models.CharField(max_length=20)
    about = models.TextField(blank=True)
    #: Facts by name, as typed by the officer; an absent one is not established.
    facts = models.JSONField(default=dict)
    #: The advice on these facts, kept as it was when the opinion was given.
    advice = models.CharField(max_length=30, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    pack_version = models.CharField(max_length=20, blank=True)
    opinion = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    #: The holder of the post, when whoever submitted it acted in it for them.
    submitted_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    returned_because = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-opened_at"]
        indexes: ClassVar = [models.Index(name="study_by_party", fields=["credit_code", "opened_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="study_approved_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=F("submitted_by")),
            ),
            models.CheckConstraint(
                name="study_approved_with_opinion",
                condition=~Q(state="approved") | (~Q(opinion="") & Q(decided_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.item}"

    @property
    def submitters(self) -> frozenset[str]:
        """Ids of whoever submitted the opinion, and of the one for whom they acted."""
        return frozenset(str(one) for one in (self.submitted_by_id, self.submitted_for_id) if one)
