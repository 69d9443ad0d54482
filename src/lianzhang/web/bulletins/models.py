"""Columns and constraints of documents and of the claims read from them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lianzhang.kernel import clock
from lianzhang.web.facts.numbers import StatedNumber


class Document(models.Model):
    """A bulletin as received. Its bytes lie in the store of originals under their SHA-256."""

    class State(models.TextChoices):
        """How far the document has come."""

        RECEIVED = "received"
        READING = "reading"
        REVIEW = "review"
        DONE = "done"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    encoding = models.CharField(max_length=40, blank=True)
    format = models.CharField(max_length=20, blank=True)
    script = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=300, blank=True)
    #: Text form of `kernel.Period`: as given by a person, else as found in the text.
    published = models.CharField(max_length=40, blank=True)
    published_given = models.BooleanField(default=False)
    #: The original text as decoded; all spans count its characters (code points).
    text = models.TextField(blank=True)
    #: `[{start, end, text, reason: {zh, en}, suggestion}]`
    damaged = models.JSONField(default=list)
    #: Contradictions found while reading: `[{what: {zh, en}, claims: [ordinal, …]}]`
    contradictions = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    #: Why it could not be read: `{what: {zh, en}, remedy: {zh, en} | null}`
    failure = models.JSONField(null=True)
    #: Number of the latest try at reading; only that try may store its result.
    attempt = models.PositiveSmallIntegerField(default=0)
    reading_since = models.DateTimeField(null=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    chain = models.ForeignKey("chains.Chain", models.PROTECT, related_name="documents")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-created"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_document_a_chain", fields=["chain", "sha256"]),
        ]

    def __str__(self) -> str:
        return self.title or self.name


class Claim(models.Model):
    """One statement as read, or as a person added it. What it says is never changed here: a person's
    correction becomes the fact, and the reading stays as it was."""

    class State(models.TextChoices):
        """What people decided."""

        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        EDITED = "edited"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="claims")
    ordinal = models.PositiveIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    subject_hint = models.CharField(max_length=200, blank=True)
    indicator = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    value = StatedNumber(null=True)
    low = StatedNumber(null=True)
    high = StatedNumber(null=True)
    unit = models.CharField(max_length=40, blank=True)
    qualifier = models.CharField(max_length=10, blank=True)
    change_pct = StatedNumber(null=True)
    change_low = StatedNumber(null=True)
    change_high = StatedNumber(null=True)
    change_qualifier = models.CharField(max_length=10, blank=True)
    change_base = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    level = models.CharField(max_length=40, blank=True)
    batch = models.CharField(max_length=40, blank=True)
    planned = models.BooleanField(default=False)
    project = models.CharField(max_length=200, blank=True)
    sub_field = models.CharField(max_length=100, blank=True)
    scope = models.CharField(max_length=200, blank=True)
    found = models.PositiveIntegerField(null=True)
    damaged = models.BooleanField(default=False)
    #: Why it is damaged: `{zh, en}`
    reason = models.JSONField(null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    #: Further places that say the same: `[[start, end], …]`
    mentions = models.JSONField(default=list)
    certainty = models.CharField(max_length=10)
    #: `[{zh, en}, …]`
    doubts = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    #: Claims decided by one key or button share this, so that one undo takes it back.
    decision = models.UUIDField(null=True)
    #: Who pointed at the place by hand; null when the program read it.
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["document", "ordinal"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_claim_an_ordinal", fields=["document", "ordinal"]),
            models.CheckConstraint(name="claim_span_is_not_empty", condition=Q(start__lt=F("end"))),
            models.CheckConstraint(
                name="damaged_claim_has_no_value",
                condition=Q(damaged=False) | Q(value=None, low=None, high=None),
            ),
            models.CheckConstraint(
                name="decided_claim_says_by_whom",
                condition=Q(state="proposed") | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(name="claim_by_decision", fields=["document", "state"])]

    def __str__(self) -> str:
        return f"{self.ordinal} {self.subject} {self.indicator}"
