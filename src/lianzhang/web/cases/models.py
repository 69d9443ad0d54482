"""Columns of requests. Everything about how they move is in `flow.columns`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianzhang.casework import Calendar, Clock
from lianzhang.kernel import clock
from lianzhang.web.flow import mapping
from lianzhang.web.flow.columns import CaseColumns


class RequestTable(models.Model):
    """A table of requests that an office brought: rows kept for a look, then filed, perhaps taken back."""

    class State(models.TextChoices):
        """Where it stands."""

        STAGED = "staged"
        FILED = "filed"
        UNDONE = "undone"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State, default=State.STAGED)
    #: Rows with their firm and faults; telephones are sealed. After filing only those that were not filed.
    lines = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(default=clock.now)
    filed = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-created"]

    def __str__(self) -> str:
        return self.name


class Request(CaseColumns):
    """What one firm asks for, from whichever channel."""

    kind = "request"

    class Channel(models.TextChoices):
        """How it came (all channels, one pool)."""

        web = "web", _("企业网上提出")
        phone = "phone", _("电话代录")
        visit = "visit", _("走访收集")
        meeting = "meeting", _("座谈会收集")
        leader = "leader", _("领导交办")
        excel = "excel", _("表格导入")
        quota = "quota", _("任务摊派收集")

    topic = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    wish = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.web)
    #: Whether only the office and the units in charge may read it.
    confidential = models.BooleanField(default=False)
    contact_name = models.CharField(max_length=40, blank=True)
    #: Sealed; shown masked. The second column is a digest of the last four digits, for looking up.
    contact_phone = models.TextField(blank=True)
    phone_check = models.CharField(max_length=64, blank=True)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filed_for = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    #: The record of the registry; the firm may have no account yet, and records may be merged later.
    enterprise = models.ForeignKey("registry.Enterprise", models.PROTECT, null=True, related_name="+")
    #: The request into which it was merged.
    main = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    #: The table with which it came.
    table = models.ForeignKey(RequestTable, models.PROTECT, null=True, related_name="requests")
    #: The end and the stop of the first handling, repeated from its clock so that figures take one scan.
    handle_due = models.DateTimeField(null=True)
    handled = models.DateTimeField(null=True)
    #: A form sent twice is one request.
    form_key = models.UUIDField(null=True, unique=True)

    class Meta(CaseColumns.Meta):
        indexes: ClassVar = [
            *CaseColumns.Meta.indexes,
            models.Index(fields=["-created", "-id"], name="request_newest"),
            models.Index(fields=["promise", "id"], name="request_promised"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="request_has_number", condition=Q(state="draft") | ~Q(number=None)),
            models.CheckConstraint(name="request_rating", condition=Q(rating=None) | Q(rating__range=(1, 5))),
        ]

    @property
    def firm_name(self) -> str:
        """The firm in words: the organisation with accounts, else the record of the registry."""
        return str(self.firm or self.enterprise or "")

    def keep_of(self, clocks: Mapping[str, Clock], calendar: Calendar) -> None:
        """How the first handling went: it is what “answered in time” means."""
        first = clocks.get("handle")
        self.handle_due = mapping.end_of(first, calendar) if first is not None else None
        self.handled = first.stopped if first is not None else None
