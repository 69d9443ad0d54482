"""Rows of the lists behind the map, what happened to each, the visits they come from, the ten × counties."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from lianzhang.kernel import clock


class Inspection(models.Model):
    """An inquiry, patrol or diagnosis (问链、巡链、诊链). Each finding is a row of the list of problems."""

    class Kind(models.TextChoices):
        """Who looked: the general chief, the chief, the experts."""

        ASK = "ask"
        PATROL = "patrol"
        DIAGNOSE = "diagnose"

    chain = models.ForeignKey("chains.Chain", models.PROTECT, related_name="inspections")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField()
    firms = models.CharField(max_length=300, blank=True)
    attendees = models.CharField(max_length=300, blank=True)
    report = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.chain_id} {self.on}"


class LedgerRow(models.Model):
    """One row of one list; `ledger` and `state` are ids of the pack, `values` its list's own columns."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ledger = models.SlugField(max_length=40)
    chain = models.ForeignKey("chains.Chain", models.PROTECT, related_name="ledger_rows")
    node = models.CharField(max_length=60, blank=True)
    county = models.ForeignKey("chains.County", models.PROTECT, null=True, related_name="ledger_rows")
    enterprise = models.ForeignKey("registry.Enterprise", models.PROTECT, null=True, related_name="+")
    title = models.CharField(max_length=200)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    post = models.CharField(max_length=60, blank=True)
    contact = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200, blank=True)
    as_of = models.DateField(null=True)
    due = models.DateField(null=True)
    state = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    inspection = models.ForeignKey(Inspection, models.PROTECT, null=True, related_name="findings")
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    touched_at = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["due", "made_at"]
        indexes: ClassVar = [models.Index(name="ledger_by_chain", fields=["chain", "ledger"])]

    def __str__(self) -> str:
        return self.title


class LedgerStep(models.Model):
    """Something that happened to a row: a step, a confirmation, a change. Nothing is ever taken out."""

    row = models.ForeignKey(LedgerRow, models.PROTECT, related_name="steps")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: The holder of the post, when the person acted in it for them.
    acted_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40)
    note = models.CharField(max_length=500, blank=True)
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.row_id} {self.after}"


class TenProgress(models.Model):
    """How far a county is with one of the ten building actions; the newest row counts, older ones stay."""

    class State(models.TextChoices):
        """Done, being done, not begun, not applicable."""

        DONE = "done"
        DOING = "doing"
        NOT = "not"
        NOT_APPLICABLE = "not_applicable"

    chain = models.ForeignKey("chains.Chain", models.PROTECT, related_name="ten_progress")
    county = models.ForeignKey("chains.County", models.PROTECT, related_name="ten_progress")
    item = models.SlugField(max_length=40)
    state = models.CharField(max_length=16, choices=State)
    evidence = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.county_id} {self.item} {self.state}"
