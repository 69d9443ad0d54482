"""The columns that cases of every kind have. Only `actions.perform` changes them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models

from lianzhang.casework import Calendar, Clock
from lianzhang.kernel import clock


class CaseColumns(models.Model):
    """A case as the rules see it (`casework.flow.Case`), with what lists need close at hand.

    `owner_party` and `owner` say who has to act; without an `owner` it is the office of the chain. `due` is
    the next end of a term that concerns the owner, `promise` the end promised to the firm.
    """

    kind: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Null, not empty: drafts have no number yet, and numbers are unique.
    number = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001
    public_number = models.CharField(max_length=20, unique=True, null=True)  # noqa: DJ001
    title = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=1)
    chain = models.ForeignKey("chains.Chain", models.PROTECT, null=True, related_name="+")
    region_code = models.CharField(max_length=6, blank=True)
    firm = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    lead = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    partner = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    #: Ids of helping organisations.
    helpers = models.JSONField(default=list)
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    matter = models.CharField(max_length=20, blank=True)
    result = models.CharField(max_length=20, blank=True)
    planned = models.DateField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    counts = models.JSONField(default=dict)
    marks = models.JSONField(default=list)
    owner_party = models.CharField(max_length=10)
    owner = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    due = models.DateTimeField(null=True)
    promise = models.DateTimeField(null=True)
    #: The colour of the last reminder, until somebody acts.
    colour = models.CharField(max_length=6, blank=True)
    sample = models.BooleanField(default=False)
    created = models.DateTimeField(default=clock.now)
    touched = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-created"]
        indexes: ClassVar = [
            models.Index(fields=["owner", "due"], name="%(class)s_owner"),
            models.Index(fields=["owner_party", "chain", "due"], name="%(class)s_office"),
            models.Index(fields=["chain", "-created"], name="%(class)s_chain"),
            models.Index(fields=["lead", "-created"], name="%(class)s_lead"),
            models.Index(fields=["firm", "-created"], name="%(class)s_firm"),
            models.Index(fields=["state", "-created"], name="%(class)s_state"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.pk)

    def keep_of(self, clocks: Mapping[str, Clock], calendar: Calendar) -> None:
        """Keep what figures of this kind need of the clocks; most kinds need nothing."""
