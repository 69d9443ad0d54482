"""Columns and constraints of imports: each file as a batch, and what its columns were taken for."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lianzhang.kernel import clock


class Batch(models.Model):
    """One file brought for import. Its bytes lie in the store of originals under their SHA-256.

    What it wrote points back to it by `Recording.batch`, in the registry.
    """

    class State(models.TextChoices):
        """How far the batch has come."""

        RECEIVED = "received"
        CHECKING = "checking"
        PREVIEW = "preview"
        COMMITTING = "committing"
        DONE = "done"
        UNDONE = "undone"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pasted = models.BooleanField(default=False)
    #: The source in words, shown beside every value that comes from here.
    source = models.CharField(max_length=200)
    #: The day up to which the table speaks.
    as_of = models.DateField(null=True)
    #: Columns as a person set them: `{"column number": field or "-"}`
    chosen = models.JSONField(default=dict)
    #: What a person said to doubtful names, by `answers.address`: `{"row": enterprise id, "new" or "skip"}`
    decisions = models.JSONField(default=dict)
    #: What counts for every row of a list of titles that does not say it itself: `{field: text}`
    stated = models.JSONField(default=dict)
    #: Codes that fail their check come in all the same and stay marked unverified.
    keep_unverified = models.BooleanField(default=False)
    #: Nothing comes in while any row is bad.
    all_or_nothing = models.BooleanField(default=False)
    #: What the preview shows; see `preview`.
    preview = models.JSONField(null=True)
    #: Why it could not be read or written: `{what: {zh, en}, remedy: {zh, en} | null}`
    failure = models.JSONField(null=True)
    state = models.CharField(max_length=12, choices=State, default=State.RECEIVED)
    version = models.PositiveIntegerField(default=1)
    #: How often it was begun without coming to an end.
    attempts = models.PositiveSmallIntegerField(default=0)
    #: When it was last begun.
    begun = models.DateTimeField(null=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation_id = models.CharField(max_length=40, blank=True)
    #: The post in which the officer confirmed it; the writing happens later, in their name.
    acting = models.JSONField(default=dict)
    created = models.DateTimeField(default=clock.now)
    committed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="committed_import_says_when",
                condition=~Q(state__in=["done", "undone"]) | Q(committed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RememberedColumn(models.Model):
    """What people took a header for, for the next file of the kind."""

    kind = models.CharField(max_length=20)
    #: The header without blanks, brackets and letter case.
    header = models.CharField(max_length=200)
    #: The field, or `-` for a column that is left out.
    field = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_memory_a_header", fields=["kind", "header"]),
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.field}"


class NameJudgement(models.Model):
    """What somebody of an office said that a name in its tables means. Only ever added: the latest counts."""

    organisation_id = models.CharField(max_length=40, blank=True)
    #: The name without blanks and letter case, as `name_key` has it, and the code that stood beside it.
    key = models.CharField(max_length=200)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    #: Id in the registry; empty = none of those offered.
    enterprise = models.CharField(max_length=24, blank=True)
    #: The ids that were offered, blank-separated: one that joins them later is a new question.
    offered = models.TextField(blank=True)
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="names_said")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(name="name_judgement_by_office", fields=["organisation_id", "key"])]

    def __str__(self) -> str:
        return f"{self.name} → {self.enterprise or '—'}"


class ProjectRow(models.Model):
    """What one import said of one project, and how the project stood before and after it, for taking it back.

    The projects themselves stand at their own desk; this remembers under which identity tables know them.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="projects")
    #: The project's code, or its name and its builder.
    identity = models.CharField(max_length=420, db_index=True)
    name = models.CharField(max_length=200)
    #: Id in the registry; empty when the builder is not there.
    enterprise = models.CharField(max_length=24, blank=True)
    #: Canonical text by field of the table of projects.
    values = models.JSONField(default=dict)
    #: The project at its desk.
    project = models.UUIDField(null=True)
    #: Null for a project that the import brought.
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    def __str__(self) -> str:
        return self.name
