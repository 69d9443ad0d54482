"""Columns of consultations, their agenda, written answers and resolutions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from lianzhang.kernel import clock
from lianzhang.web.flow.columns import CaseColumns


class Meeting(CaseColumns):
    """One consultation of a chain; `planned` is its day."""

    kind = "meeting"

    place = models.CharField(max_length=80, blank=True)
    chair = models.CharField(max_length=40, blank=True)
    attendants = models.CharField(max_length=300, blank=True)

    class Meta(CaseColumns.Meta):
        pass


class AgendaItem(models.Model):
    """One thing on the table. Dropped ones stay, so that nobody loses them by a slip of the hand."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    #: Kind and id of the case it comes from; empty for what was added by hand.
    source = models.CharField(max_length=12, blank=True)
    source_id = models.UUIDField(null=True)
    title = models.CharField(max_length=160)
    brief = models.TextField(blank=True)
    #: Why it is on the table: `{zh, en}`.
    why = models.JSONField(default=dict)
    #: The unit that is asked for a written answer.
    asked = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    dropped = models.BooleanField(default=False)
    #: Why the table decided nothing.
    no_decision = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["dropped", "position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="item_once", fields=["meeting", "source", "source_id"], condition=~Q(source_id=None)
            )
        ]

    def __str__(self) -> str:
        return self.title


class Resolution(CaseColumns):
    """What was decided, by whom it is done, until when: `lead` and `planned` are never empty."""

    kind = "resolution"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="resolutions")
    text = models.TextField()
    measure_of_done = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(default=clock.now)

    class Meta(CaseColumns.Meta):
        constraints: ClassVar = [
            models.CheckConstraint(
                name="resolution_has_owner_and_date", condition=~Q(lead=None) & ~Q(planned=None)
            )
        ]
