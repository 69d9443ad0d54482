"""Columns of the log of cases, their clocks, reminders sent, notices, files, and years of the calendar."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianzhang.kernel import clock


class Step(models.Model):
    """One act on a case, never changed: who in which post, from where to where, what was said.

    `outward` ones are seen by the firm, the others only inside (UX-101).
    """

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)
    subject = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    action = models.CharField(max_length=24)
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    party = models.CharField(max_length=10, blank=True)
    #: The post at that moment in words: posts change hands.
    acting_for = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    given = models.JSONField(default=dict)
    outward = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["kind", "subject", "id"], name="step_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.action}"


class ClockRow(models.Model):
    """One count of a case (`casework.Clock`). A clock started again is a new row."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)
    subject = models.UUIDField()
    name = models.CharField(max_length=60)
    chain = models.ForeignKey("chains.Chain", models.PROTECT, null=True, related_name="+")
    started = models.DateTimeField()
    limit = models.JSONField()
    pauses = models.JSONField(default=list)
    extended = models.PositiveSmallIntegerField(default=0)
    stopped = models.DateTimeField(null=True)
    #: Null while it stands still, or when it ends beyond the known calendar.
    due = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["started", "id"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "subject", "started"], name="clock_of_case"),
            models.Index(fields=["stopped", "due"], name="clock_due"),
            models.Index(fields=["name", "stopped"], name="clock_name"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.name}"


class Told(models.Model):
    """A rung of a ladder that was climbed; it is climbed once, or once more after an extension."""

    row = models.ForeignKey(ClockRow, models.CASCADE, related_name="told")
    rung = models.CharField(max_length=20)
    extended = models.PositiveSmallIntegerField(default=0)
    came = models.DateTimeField()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="told_once", fields=["row", "rung", "extended"]),
        ]

    def __str__(self) -> str:
        return f"{self.row_id} {self.rung}"


class Notice(models.Model):
    """A message inside the system, to an organisation, a person in it, a person in any post, or a role of the chain."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12)
    subject = models.UUIDField()
    at = models.DateTimeField(default=clock.now)
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, blank=True)
    chain = models.ForeignKey("chains.Chain", models.PROTECT, null=True, related_name="+")
    #: What happened, in both languages; it names the case by number and holds nothing of its content.
    said = models.JSONField()
    colour = models.CharField(max_length=6, blank=True)
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-id"], name="notice_organisation"),
            models.Index(fields=["role", "chain", "-id"], name="notice_role"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Attachment(models.Model):
    """A file of a step. Its bytes lie in the store of originals under their SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.ForeignKey(Step, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    type = models.CharField(max_length=100)

    class Meta:
        ordering: ClassVar = ["step", "name"]

    def __str__(self) -> str:
        return self.name


class CalendarYear(models.Model):
    """Free days and make-up days of one year as the city entered them; the latest version counts."""

    id = models.BigAutoField(primary_key=True)
    year = models.PositiveSmallIntegerField(_("年份"))
    off = models.JSONField(_("放假的工作日"))
    on = models.JSONField(_("补班的周末"), default=list)
    source = models.CharField(_("依据"), max_length=120)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["-year", "-id"]

    def __str__(self) -> str:
        return f"{self.year} v{self.pk}"


class Counter(models.Model):
    """The last number given to a kind of case in a year."""

    kind = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(name="one_counter", fields=["kind", "year"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.year} {self.last}"
