"""Chains and counties as a city's pack describes them, the versions of each chain's map, who stands where.

Nobody edits chains and counties by hand: the pack is the source, and `actions.load_pack` writes them again
whenever it changes. Maps begin with the pack's and are edited by the chain office from then on."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from lianzhang.kernel import clock


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


class MapVersion(models.Model):
    """One version of the map of a chain. A published one stands; at most one draft is being written."""

    class State(models.TextChoices):
        """Whether the version is being written or was published; the last published one is in force."""

        DRAFT = "draft"
        PUBLISHED = "published"

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="maps")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    #: The map as `lianzhang.chain.to_plain` writes it.
    content = models.JSONField()
    #: Counts the changes of a draft, so that nobody overwrites what they have not seen.
    revision = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["chain", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "number"], name="one_map_a_number"),
            models.UniqueConstraint(
                fields=["chain"], condition=models.Q(state="draft"), name="one_draft_map_a_chain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain_id} {self.number}"


class PlacingRun(models.Model):
    """The registry was placed on a map: when, by whom, how many enterprises were looked at."""

    version = models.ForeignKey(MapVersion, models.PROTECT, related_name="runs")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    enterprises = models.PositiveIntegerField()
    places = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.version} {self.at:%Y-%m-%d}"


class Placement(models.Model):
    """An enterprise stands on a node: the words that say so, and who has confirmed or refused it.

    Placing again renews the evidence and leaves what a person decided.
    """

    class Basis(models.TextChoices):
        """What the placement rests on, the strongest first."""

        SCOPE = "scope"
        PRODUCTS = "products"
        SOURCE = "source"
        INDUSTRY = "industry"
        PERSON = "person"

    class State(models.TextChoices):
        """Whether a person has decided."""

        PROPOSED = "proposed"
        CONFIRMED = "confirmed"
        REFUSED = "refused"

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="placements")
    node = models.CharField(max_length=60)
    enterprise = models.ForeignKey("registry.Enterprise", models.PROTECT, related_name="placements")
    basis = models.CharField(max_length=12, choices=Basis)
    item = models.CharField(max_length=300, blank=True)
    term = models.CharField(max_length=120, blank=True)
    #: Where item and term begin in the text, in characters from 0; null where there is no text.
    item_start = models.PositiveIntegerField(null=True)
    term_start = models.PositiveIntegerField(null=True)
    industry = models.CharField(max_length=8, blank=True)
    #: Whether a source names the enterprise among the leading firms of the chain.
    leading = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    #: Since when the words on which a person decided are gone; null while they stand.
    doubted_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["chain", "node", "enterprise"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "node", "enterprise"], name="one_place_on_a_node")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.node}"


class PlacedText(models.Model):
    """What placing last read of an enterprise, as a hash; another hash means that it has to be placed again."""

    enterprise = models.CharField(max_length=24, primary_key=True)
    mark = models.CharField(max_length=32)

    def __str__(self) -> str:
        return self.enterprise
