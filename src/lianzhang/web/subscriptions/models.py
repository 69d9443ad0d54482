"""Columns and constraints of subscriptions and of the news they brought."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from lianzhang.kernel import clock


class Subscription(models.Model):
    """One person follows one text: a list, a measure on it, or a rule of the pack."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: `list:<code>`, `measure:<list>/<code>` or `rule:<id>`: the same over all versions of the text.
    key = models.CharField(max_length=160)
    #: The title when it was last seen, in both languages.
    title = models.JSONField()
    #: The text last told of, as a digest; empty while nothing is in force.
    text = models.CharField(max_length=64, blank=True)
    #: How many changes have been told.
    changes = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["created"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_subscription_a_text", fields=["person", "key"])
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"


class News(models.Model):
    """Something told to a subscriber, once: the database keeps each `mark` of a person and text single."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=160)
    #: What it tells: `2026-12-31/30` for a deadline with its days, `change/<subscription>/<n>` for a change.
    mark = models.CharField(max_length=80)
    said = models.JSONField()
    href = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="news_told_once", fields=["person", "key", "mark"])
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.mark}"
