"""Chains and counties as a city's pack describes them. Nobody edits these rows by hand: the pack is
the source, and `actions.load_pack` writes them again whenever it changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PackStatus(models.TextChoices):
    """How well a statement of the pack is founded; the page shows it beside the statement."""

    QUOTED = "quoted"
    DRAFT = "draft"
    UNVERIFIED = "unverified"


class County(models.Model):
    """A county, district or functional zone. Zones have no division code and an id of their own."""

    id = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    short_name = models.CharField(max_length=20, blank=True)
    short_name_en = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=20)
    region_code = models.CharField(max_length=12, blank=True)
    key_industries = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    #: Place on the tile cartogram, counted from 1; null where the pack gives none.
    tile_row = models.PositiveSmallIntegerField(null=True)
    tile_column = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name


class Chain(models.Model):
    """An overall chain, or (with a parent) the chain of one sub-field of it."""

    id = models.SlugField(primary_key=True, max_length=60)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120, blank=True)
    full_name = models.CharField(max_length=120)
    full_name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="sub_chains")
    status = models.CharField(max_length=12, choices=PackStatus, default=PackStatus.DRAFT)
    source = models.CharField(max_length=200, blank=True)
    source_en = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name


class ChainPlace(models.Model):
    """A county where links of a sub-field chain are seen; says nothing about what the county has chosen."""

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="places")
    county = models.ForeignKey(County, on_delete=models.CASCADE, related_name="places")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["chain__position", "county__position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "county"], name="one_place_a_county")
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.county_id}"


class CountyChoice(models.Model):
    """What the pack knows about the sub-field a county has chosen, and how sure that is.

    The page states a choice as settled only when an accepted fact says so; this row explains
    the rest: where the reading rests on an order of listing, or that no public text names a choice.
    """

    chain = models.ForeignKey(Chain, on_delete=models.CASCADE, related_name="county_choices")
    county = models.ForeignKey(County, on_delete=models.CASCADE, related_name="choices")
    sub_field = models.CharField(max_length=60, blank=True)
    sub_field_en = models.CharField(max_length=120, blank=True)
    field_chain = models.ForeignKey(Chain, null=True, on_delete=models.SET_NULL, related_name="chosen_by")
    reported = models.CharField(max_length=60, blank=True)
    reported_en = models.CharField(max_length=120, blank=True)
    doubt = models.CharField(max_length=300, blank=True)
    doubt_en = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=12, choices=PackStatus, default=PackStatus.UNVERIFIED)
    source = models.CharField(max_length=200, blank=True)
    source_en = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["county__position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "county"], name="one_choice_a_county")
        ]

    def __str__(self) -> str:
        return f"{self.county_id} {self.sub_field}"
