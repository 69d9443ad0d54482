"""Columns of the journal. Rows are only ever added; database triggers refuse everything else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One act. All columns are what was hashed, letter for letter: times and values are kept as text."""

    seq = models.BigIntegerField(primary_key=True)
    #: ISO 8601 in UTC with microseconds, so that text order is time order.
    at = models.CharField(max_length=32)
    actor = models.CharField(max_length=60)
    acting_for = models.CharField(max_length=240)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    #: Canonical JSON.
    before = models.TextField()
    after = models.TextField()
    #: `done`, `refused` or `failed`.
    result = models.CharField(max_length=10)
    hash_name = models.CharField(max_length=20)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("-seq",)
        indexes = [
            models.Index(name="event_by_time", fields=["at"]),
            models.Index(name="event_by_actor", fields=["actor", "-seq"]),
            models.Index(name="event_by_subject", fields=["subject", "-seq"]),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject}"


class Head(models.Model):
    """The end of the chain: one row, locked by whoever adds the next event."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="head_is_one_row", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash}"
