"""What an enterprise holds, sells abroad, buys from others, and whom to call.

A single record that was corrected or taken back says so in `superseded`: the later recording that did it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from lianzhang.kernel import clock
from lianzhang.web.facts.numbers import StatedNumber
from lianzhang.web.registry.models.enterprise import Doubt, Enterprise, Recording


class TitleHolding(models.Model):
    """A title given to an enterprise, such as 专精特新中小企业. What happens to it later is a `TitleChange`."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="titles")
    #: The title in the words of the list.
    title = models.CharField(max_length=120)
    #: Id of the tier in the rules, such as `srdi_sme`; empty for titles without rules of their own.
    tier = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=20, blank=True)
    batch = models.CharField(max_length=40, blank=True)
    #: Text form of `kernel.Period`: a day, or only the year. Empty when the source does not say.
    awarded = models.CharField(max_length=40, blank=True)
    #: First and last day on which it may have been awarded.
    awarded_from = models.DateField(null=True)
    awarded_by = models.DateField(null=True)
    #: Null when nobody said: then it is unknown whether it still holds.
    valid_until = models.DateField(null=True)
    document = models.CharField(max_length=120, blank=True)
    doubt = models.CharField(max_length=12, choices=Doubt, blank=True)
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="titles")

    class Meta:
        ordering: ClassVar = ["-awarded_from", "title", "id"]
        indexes: ClassVar = [models.Index(name="holding_by_title", fields=["title"])]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.title} {self.awarded}"


class TitleChange(models.Model):
    """What was said about a title after it was given."""

    class What(models.TextChoices):
        """What happened. `confirmed` is no event: a source says until when it holds, or that it holds on a day."""

        CONFIRMED = "confirmed"
        RECHECKED = "rechecked"
        LAPSED = "lapsed"
        REVOKED = "revoked"

    holding = models.ForeignKey(TitleHolding, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=12, choices=What)
    on = models.DateField()
    #: After a re-check that was passed, or as a later source says.
    valid_until = models.DateField(null=True)
    because = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=120, blank=True)
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="title_changes")

    class Meta:
        ordering: ClassVar = ["on", "id"]

    def __str__(self) -> str:
        return f"{self.holding_id} {self.what} {self.on}"


class TitleJudgement(models.Model):
    """One person's view on whether two rows tell of one title. Only ever added: the latest on a pair counts."""

    class Decision(models.TextChoices):
        """What was judged; `unsure` leaves it to the program again."""

        SAME = "same"
        DIFFERENT = "different"
        UNSURE = "unsure"

    #: The smaller id, so that a pair has one form.
    left = models.ForeignKey(TitleHolding, models.PROTECT, related_name="judged_left")
    right = models.ForeignKey(TitleHolding, models.PROTECT, related_name="judged_right")
    decision = models.CharField(max_length=10, choices=Decision)
    because = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(name="title_judgement_in_order", condition=Q(left__lt=F("right"))),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} {self.decision} {self.right_id}"


class BrandListing(models.Model):
    """A brand of an enterprise on an official list, such as 好品山东."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="brands")
    brand = models.CharField(max_length=120)
    listing = models.CharField(max_length=120)
    level = models.CharField(max_length=20, blank=True)
    #: Text form of `kernel.Period`.
    listed = models.CharField(max_length=40, blank=True)
    valid_until = models.DateField(null=True)
    doubt = models.CharField(max_length=12, choices=Doubt, blank=True)
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="brands")
    superseded = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.brand} {self.listing}"


class ExportRecord(models.Model):
    """What an enterprise sold abroad in a period, of which product, to which market."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="exports")
    period = models.CharField(max_length=40)
    period_end = models.DateField()
    product = models.CharField(max_length=120, blank=True)
    market = models.CharField(max_length=80, blank=True)
    amount = StatedNumber(null=True)
    unit = models.CharField(max_length=20, blank=True)
    quantity = StatedNumber(null=True)
    quantity_unit = models.CharField(max_length=20, blank=True)
    qualifier = models.CharField(max_length=10, blank=True)
    doubt = models.CharField(max_length=12, choices=Doubt, blank=True)
    as_of = models.DateField()
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="exports")
    superseded = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-period_end", "product", "market", "id"]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.period} {self.product} {self.market}"


class SupplyLink(models.Model):
    """Who buys what from whom. A partner that is not in the registry is kept by name alone."""

    buyer = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="purchases")
    buyer_name = models.CharField(max_length=200)
    supplier = models.ForeignKey(Enterprise, models.PROTECT, null=True, related_name="sales")
    supplier_name = models.CharField(max_length=200)
    product = models.CharField(max_length=120, blank=True)
    amount = StatedNumber(null=True)
    unit = models.CharField(max_length=20, blank=True)
    qualifier = models.CharField(max_length=10, blank=True)
    #: Text form of `kernel.Period`, usually a year.
    period = models.CharField(max_length=40, blank=True)
    period_end = models.DateField(null=True)
    doubt = models.CharField(max_length=12, choices=Doubt, blank=True)
    as_of = models.DateField()
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="supply_links")
    superseded = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-period_end", "supplier_name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="supply_link_knows_one_end", condition=Q(buyer__isnull=False) | Q(supplier__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier_name} → {self.buyer_name}"


class Contact(models.Model):
    """Whom to call. The number is sealed; lists and pages show it masked."""

    enterprise = models.ForeignKey(Enterprise, models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=40)
    duty = models.CharField(max_length=40, blank=True)
    phone_sealed = models.TextField(blank=True)
    #: The number as everybody sees it: 138****5678.
    phone_masked = models.CharField(max_length=24, blank=True)
    recording = models.ForeignKey(Recording, models.PROTECT, related_name="contacts")
    superseded = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.pk}"

    @property
    def since(self) -> date:
        """The day from which it is known."""
        return self.recording.day

    @property
    def until(self) -> date | None:
        """The day from which it held no longer; None while it does."""
        # A correction may rest on an older paper than the record that it corrects.
        return max(self.superseded.day, self.since) if self.superseded else None

    def held_on(self, day: date) -> bool:
        """Whether this is whom one called on that day, as far as is known now."""
        return self.since <= day and (self.until is None or self.until > day)
