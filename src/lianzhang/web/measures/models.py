"""Columns and constraints of lists of measures, their versions, opinions, and studies of exemption."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianzhang.kernel import clock


def nothing() -> list[dict[str, str]]:
    """An empty list; inside `ListVersion` the word `list` means another thing."""
    return []


class MeasureList(models.Model):
    """One list (清单): the main list, the list of one chain, or one of the four lists."""

    class Kind(models.TextChoices):
        """Which of the lists it is."""

        MAIN = "main", _("主清单")
        CHAIN = "chain", _("产业链清单")
        COMPLIANCE = "compliance", _("合规指导清单")
        POLICY = "policy", _("政策集成清单")
        SERVICE = "service", _("服务发展清单")
        EXEMPTION = "exemption", _("轻微免罚清单")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    #: Fixed word in addresses and in the pack from which the first version came.
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=12, choices=Kind)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200, blank=True)
    chain = models.ForeignKey("chains.Chain", models.PROTECT, null=True, related_name="+")
    #: Whose list it is: only this organisation drafts and publishes.
    owner = models.ForeignKey("people.Organisation", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="chain_list_has_chain", condition=~Q(kind="chain") | Q(chain__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.title


class ListVersion(models.Model):
    """One version of a list. Its life is `casework.measure_list`; its text changes only in the draft."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list = models.ForeignKey(MeasureList, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=14, default="draft")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: The holder of the post, when the drafter acted in it for them.
    drafted_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField(default=clock.now)
    #: Goes up with every change, so that two officers cannot overwrite each other.
    revision = models.PositiveIntegerField(default=1)
    #: Goes up when a measure changes. Opinions and trials count for the text they were given on.
    text_revision = models.PositiveIntegerField(default=1)
    #: What changed against the version before, in the drafter's words.
    note = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    publication_no = models.CharField(max_length=60, blank=True)
    published_at = models.DateTimeField(null=True)
    #: Stretches in which it was suspended: `[{from, to}]`, days included, `to` null while it lasts.
    pauses = models.JSONField(default=nothing)
    #: When the text last went on trial: `{text_revision, day, enterprises, measures, acknowledged}`.
    trial = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar = ["list", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_number_a_version", fields=["list", "number"]),
            models.CheckConstraint(
                name="version_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.UniqueConstraint(
                name="one_version_in_preparation",
                fields=["list"],
                condition=Q(state__in=["draft", "legal_review", "fair_review", "approving", "approved"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.number}"


class Measure(models.Model):
    """One item of one version. The row never changes once the version is sent off: the database refuses."""

    class Status(models.TextChoices):
        """How well the text is founded."""

        QUOTED = "quoted", _("有出处")
        DRAFT = "draft", _("草拟待核")
        UNVERIFIED = "unverified", _("未核实")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ListVersion, models.PROTECT, related_name="measures")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300, blank=True)
    #: What it gives: 一句话说明, and 给什么.
    summary = models.CharField(max_length=500, blank=True)
    gives = models.TextField(blank=True)
    how = models.TextField(blank=True)
    papers = models.TextField(blank=True)
    time_limit = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=100, blank=True)
    #: 依据: `[{document, clause, date, url}]`
    basis = models.JSONField(default=list)
    #: The conditions in the words of packs (YAML); empty = open to every enterprise.
    requires = models.TextField(blank=True)
    #: Conditions that only people judge, as sentences.
    stated = models.JSONField(default=list)
    #: Money, priority or another advantage: under fair-competition review.
    is_support = models.BooleanField(default=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    #: Columns of the special lists (compliance, exemption) that the common ones do not hold.
    particulars = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["position", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_code_a_version", fields=["version", "code"])
        ]

    def __str__(self) -> str:
        return self.title


class Opinion(models.Model):
    """What a reviewer or approver said about a version; kept whatever becomes of it."""

    class Kind(models.TextChoices):
        """Which opinion."""

        LEGAL = "legal", _("法制审核意见")
        FAIR_COMPETITION = "fair_competition", _("公平竞争审查意见")
        APPROVAL = "approval", _("批准意见")

    id = models.BigAutoField(primary_key=True)
    version = models.ForeignKey(ListVersion, models.PROTECT, related_name="opinions")
    kind = models.CharField(max_length=20, choices=Kind)
    agrees = models.BooleanField()
    text = models.TextField(blank=True)
    #: Ground of an exception under the Fair Competition Review Regulations, and the day on which it ends.
    exception = models.CharField(max_length=300, blank=True)
    ends = models.DateField(null=True)
    #: The text that was looked at: a later one needs a new opinion.
    text_revision = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind}"
