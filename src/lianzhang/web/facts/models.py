"""Columns and constraints of accepted facts."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lianzhang.kernel import clock
from lianzhang.web.facts.kinds import SubjectKind
from lianzhang.web.facts.numbers import StatedNumber


class Fact(models.Model):
    """One statement that a person accepted. It is never changed: it is withdrawn, or replaced by another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=12, choices=SubjectKind, default=SubjectKind.OTHER)
    indicator = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    #: Text form of `kernel.Period`; empty when the source gives no time.
    period = models.CharField(max_length=40, blank=True)
    period_start = models.DateField(null=True)
    period_end = models.DateField(null=True)
    value = StatedNumber(null=True)
    low = StatedNumber(null=True)
    high = StatedNumber(null=True)
    unit = models.CharField(max_length=40, blank=True)
    qualifier = models.CharField(max_length=10, blank=True)
    #: Percent against `change_base`; decreases are negative.
    change_pct = StatedNumber(null=True)
    change_low = StatedNumber(null=True)
    change_high = StatedNumber(null=True)
    change_qualifier = models.CharField(max_length=10, blank=True)
    change_base = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=40, blank=True)
    batch = models.CharField(max_length=40, blank=True)
    sub_field = models.CharField(max_length=100, blank=True)
    project = models.CharField(max_length=200, blank=True)
    planned = models.BooleanField(default=False)
    scope = models.CharField(max_length=200, blank=True)
    #: How many items the text goes on to name, beside an announced count; null when nobody counted.
    found = models.PositiveIntegerField(null=True)
    chain = models.ForeignKey("chains.Chain", models.PROTECT, related_name="facts")
    #: The sub-field chain that the fact speaks of, where it names one.
    field_chain = models.ForeignKey("chains.Chain", models.PROTECT, null=True, related_name="field_facts")
    region_code = models.CharField(max_length=12, blank=True)
    #: The enterprise that the subject is, once that is sure; null otherwise.
    enterprise = models.ForeignKey("registry.Enterprise", models.PROTECT, null=True, related_name="facts")
    #: The day the statement was published; without one, the last day of its period.
    as_of = models.DateField(null=True)
    source_kind = models.CharField(max_length=12, default="bulletin")
    claim = models.ForeignKey("bulletins.Claim", models.PROTECT, null=True, related_name="facts")
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(default=clock.now)
    #: Who typed the number in because the source is damaged there; null when it was read.
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    #: Why this fact stands beside another one on the same thing: another definition, another scope.
    beside_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-period_end", "subject", "indicator", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="one_current_fact_a_claim", fields=["claim"], condition=Q(withdrawn_at=None)
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="fact_by_chain", fields=["chain", "-period_end"], condition=Q(withdrawn_at=None)
            ),
            models.Index(name="fact_by_statement", fields=["subject", "indicator", "period"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.indicator} {self.period}"


class Confirmation(models.Model):
    """A further place that states the same fact: an accepted claim of another bulletin."""

    fact = models.ForeignKey(Fact, models.PROTECT, related_name="confirmations")
    claim = models.OneToOneField("bulletins.Claim", models.PROTECT, related_name="confirmation")

    def __str__(self) -> str:
        return f"{self.fact_id} {self.claim_id}"
