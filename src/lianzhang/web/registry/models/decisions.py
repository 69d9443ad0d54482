"""What people decided: same or different, which of two values, a correction, which firm a text means."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lianzhang.kernel import clock
from lianzhang.web.facts.numbers import StatedNumber
from lianzhang.web.registry.models.enterprise import Enterprise, EnterpriseValue, Recording


class Judgement(models.Model):
    """One person's view on whether two enterprises are one. Only ever added: the latest on a pair counts."""

    class Decision(models.TextChoices):
        """What was judged."""

        SAME = "same"
        DIFFERENT = "different"
        UNSURE = "unsure"

    #: The smaller id, so that a pair has one form.
    left = models.ForeignKey(Enterprise, models.PROTECT, related_name="judged_left")
    right = models.ForeignKey(Enterprise, models.PROTECT, related_name="judged_right")
    decision = models.CharField(max_length=10, choices=Decision)
    because = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="judgement_in_order", condition=Q(left__lt=F("right"))),
        ]
        indexes: ClassVar = [models.Index(name="judgement_by_pair", fields=["left", "right", "id"])]

    def __str__(self) -> str:
        return f"{self.left_id} {self.decision} {self.right_id}"


class ValueChoice(models.Model):
    """An officer's choice between values that contradict each other; all of them stay.

    Without `chosen` the values stand side by side, because they measure different things.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="choices")
    fact = models.CharField(max_length=60)
    period = models.CharField(max_length=40, blank=True)
    chosen = models.ForeignKey(EnterpriseValue, models.PROTECT, null=True, related_name="choices")
    because = models.CharField(max_length=200)
    #: The newest value that was before the officer's eyes: a later one opens the question again. 0 = the choice
    #: was taken back.
    seen_up_to = models.PositiveBigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(name="choice_by_fact", fields=["enterprise", "fact", "period"])]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.fact} {self.period}"


class Correction(models.Model):
    """What an enterprise says about itself, until an officer has looked at it. It never overwrites anything."""

    class State(models.TextChoices):
        """Where it stands."""

        PROPOSED = "proposed"
        ACCEPTED = "accepted"
        REFUSED = "refused"
        #: By the enterprise itself, before anybody decided.
        WITHDRAWN = "withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="corrections")
    fact = models.CharField(max_length=60)
    period = models.CharField(max_length=40, blank=True)
    number = StatedNumber(null=True)
    text = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True)
    because = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    #: Who ended it: the officer, or whoever of the enterprise withdrew it.
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="corrections")

    class Meta:
        ordering: ClassVar = ["proposed_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="decided_correction_says_by_whom",
                condition=Q(state="proposed") | Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.fact} {self.state}"


class SubjectLink(models.Model):
    """Which enterprise the subject of a bulletin is, as a person confirmed. Only ever added: the latest counts."""

    #: The bulletin; null = wherever the words stand.
    document = models.UUIDField(null=True)
    subject = models.CharField(max_length=200)
    #: Null = none of the registry.
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="subject_links")
    because = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(name="link_by_subject", fields=["subject", "document"])]

    def __str__(self) -> str:
        return f"{self.subject} {self.enterprise_id}"


#: Room for all filters and as many columns as can be chosen.
QUERY_LENGTH = 2000


class SavedView(models.Model):
    """A person's own filter and columns of the list of enterprises, kept under a name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    #: The filters and columns as a query string.
    query = models.CharField(max_length=QUERY_LENGTH)
    created = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["created"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_view_a_name", fields=["person", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
