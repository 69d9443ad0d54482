"""Enterprises, their names, and everything said about them with source and date."""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lianzhang.kernel import clock
from lianzhang.web.facts.numbers import StatedNumber

#: Digits and capitals that nobody mistakes for one another (Crockford's base 32).
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_enterprise_id() -> str:
    """A fresh public id: E and nine signs, short enough to be read out on the telephone."""
    return "E" + "".join(secrets.choice(_SIGNS) for _ in range(9))


class Doubt(models.TextChoices):
    """How well a statement is founded; empty = nothing is said against it."""

    QUOTED = "quoted"
    DRAFT = "draft"
    UNVERIFIED = "unverified"


class Recording(models.Model):
    """One act of writing: which source said it, who entered it, when. Everything written then points here.

    Withdrawing the recording takes back all it brought; the rows stay.
    """

    class Kind(models.TextChoices):
        """By which door the values came."""

        PACK = "pack"
        SAMPLE = "sample"
        IMPORT = "import"
        OFFICER = "officer"
        ENTERPRISE = "enterprise"
        BULLETIN = "bulletin"

    kind = models.CharField(max_length=12, choices=Kind)
    #: The source in words, as it is shown beside each value.
    source = models.CharField(max_length=200)
    #: The day up to which the source speaks; null when it does not say.
    as_of = models.DateField(null=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    #: The import that it belongs to.
    batch = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar = [models.Index(name="recording_by_batch", fields=["batch"])]

    def __str__(self) -> str:
        return f"{self.source} {self.recorded_at:%Y-%m-%d}"

    @property
    def day(self) -> date:
        """The day up to which it speaks; that of the writing where the source does not say."""
        return self.as_of or self.recorded_at.astimezone(clock.CHINA).date()


class Enterprise(models.Model):
    """One enterprise. Its columns repeat the current values for lists and filters; `actions.current`
    computes them from the dated rows and nothing else writes them.

    An enterprise judged to be the same as another points to it with `merged_into`: its rows stay its own,
    so that a split restores everything, and its id remains valid as an alias.
    """

    id = models.CharField(primary_key=True, max_length=24, default=new_enterprise_id, editable=False)
    name = models.CharField(max_length=200)
    #: Empty while unknown. `code_verified` says whether its check characters agree (GB 32100-2015).
    credit_code = models.CharField(max_length=18, blank=True)
    code_verified = models.BooleanField(default=False)
    status = models.CharField(max_length=20, blank=True)
    #: Id of the county or zone in the pack's regions; empty while unknown.
    region = models.CharField(max_length=60, blank=True)
    #: GB/T 4754-2017 codes, blank-separated, the main one first.
    industry_codes = models.CharField(max_length=120, blank=True)
    #: One product a line.
    products = models.TextField(blank=True)
    #: All names with their pinyin and initials, lower case, one a line, for the search box.
    search = models.TextField(blank=True)
    doubt = models.CharField(max_length=12, choices=Doubt, blank=True)
    #: What the source leaves open, in words.
    remark = models.CharField(max_length=300, blank=True)
    #: An invented firm of the demonstration.
    sample = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    organisation = models.OneToOneField(
        "people.Organisation", models.PROTECT, null=True, related_name="enterprise"
    )
    version = models.PositiveIntegerField(default=1)
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="enterprises")

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="enterprise_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="enterprise_by_code", fields=["credit_code"]),
            models.Index(name="enterprise_by_region", fields=["region", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class EnterpriseName(models.Model):
    """A name the enterprise has or had."""

    class Kind(models.TextChoices):
        """What sort of name."""

        REGISTERED = "registered"
        FORMER = "former"
        SHORT = "short"
        ENGLISH = "english"

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="names")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    doubt = models.CharField(max_length=12, choices=Doubt, blank=True)
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="names")
    #: The later recording that corrected it, took it back or turned it into a former name.
    superseded = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["kind", "starts", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="name_ends_after_start",
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")),
            ),
        ]
        indexes: ClassVar = [models.Index(name="enterprise_name", fields=["name"])]

    def __str__(self) -> str:
        return self.name


class EnterpriseValue(models.Model):
    """One dated value of one fact about one enterprise. `fact` is a name of the pack's dictionary.

    A number stands in `number` with its unit and qualifier (a range in `low` and `high`); everything else in
    `text`: a list has one item a line, yes and no are the words, a day is ISO 8601.
    """

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="values", db_index=False)
    fact = models.CharField(max_length=60)
    #: Text form of `kernel.Period`; empty for what has no period, such as an address.
    period = models.CharField(max_length=40, blank=True)
    period_end = models.DateField(null=True)
    number = StatedNumber(null=True)
    low = StatedNumber(null=True)
    high = StatedNumber(null=True)
    text = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True)
    qualifier = models.CharField(max_length=10, blank=True)
    doubt = models.CharField(max_length=12, choices=Doubt, blank=True)
    #: The day up to which the value holds; without one given, the source's day or the day of entry.
    as_of = models.DateField()
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="values")

    class Meta:
        indexes: ClassVar = [
            models.Index(name="value_by_fact", fields=["enterprise", "fact", "period_end"]),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.fact} {self.period}"
