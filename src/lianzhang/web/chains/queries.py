"""Reads of this noun. The first argument is always who asks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from lianzhang.casework.roles import Actor, Subject, may
from lianzhang.chain import Node, from_plain
from lianzhang.kernel.pack import open_pack
from lianzhang.web.chains.models import Chain, ChainPlace, County, CountyChoice, MapVersion, Placement


def subject_of(chain: Chain, actor: Actor) -> Subject:
    """The chain as permission sees it.

    Whoever has an overall chain in charge has its sub-field chains too; an organisation may also have
    a single sub-field chain alone. The chains belong to the city, so that its counties may read them.
    """
    in_charge = chain.pk if chain.pk in actor.chains else chain.parent_id or chain.pk
    return Subject(kind="chain", id=chain.pk, chain=in_charge, region_code=_city(settings.LIANZHANG_PACK))


def visible_to(actor: Actor) -> list[Chain]:
    """The chains that `actor` may see, overall chains before their sub-field chains."""
    chains = Chain.objects.select_related("parent").order_by("position")
    return [chain for chain in chains if may(actor, "chain.see", subject_of(chain, actor)).allowed]


def main_chain() -> str:
    """The id of the chain that the city's pack is about."""
    return str(open_pack(settings.LIANZHANG_PACK).read_yaml("pack.yaml")["main_chain"])


@lru_cache(maxsize=4)
def _city(pack_id: str) -> str:
    return str(open_pack(pack_id).read_yaml("pack.yaml")["jurisdiction"])


def counties(chain: Chain) -> QuerySet[County]:
    """All counties and zones in the order of the pack, each with what the pack remarks about its choice.

    `chosen`, `chosen_en`, `doubt`, `doubt_en` are null where the pack says nothing. Names of places are
    open to everybody.
    """
    within = FilteredRelation("choices", condition=Q(choices__chain=chain))
    return County.objects.annotate(
        choice=within,
        chosen=F("choice__sub_field"),
        chosen_en=F("choice__sub_field_en"),
        doubt=F("choice__doubt"),
        doubt_en=F("choice__doubt_en"),
    ).order_by("position")


def choices_of(chain: Chain) -> QuerySet[CountyChoice]:
    """What the pack remarks about the sub-fields chosen within `chain`."""
    return CountyChoice.objects.filter(chain=chain)


def places_of(chains: list[Chain]) -> QuerySet[ChainPlace]:
    """Where links of these sub-field chains are seen."""
    return ChainPlace.objects.filter(chain__in=chains).select_related("chain").order_by("chain__position")


def one(actor: Actor, chain_id: str) -> Chain | None:
    """One chain that the actor may see."""
    chain = Chain.objects.select_related("parent").filter(pk=chain_id).first()
    return chain if chain and may(actor, "chain.see", subject_of(chain, actor)).allowed else None


def in_force(chain: Chain) -> MapVersion | None:
    """The map of the chain that was published last."""
    return chain.maps.filter(state=MapVersion.State.PUBLISHED).order_by("-number").first()


def draft_of(chain: Chain) -> MapVersion | None:
    """The draft being written."""
    return chain.maps.filter(state=MapVersion.State.DRAFT).first()


def versions_of(chain: Chain) -> QuerySet[MapVersion]:
    """All versions of the map, the newest first."""
    return chain.maps.select_related("made_by", "published_by").order_by("-number")


def placements_on(chain: Chain, node: str) -> QuerySet[Placement]:
    """Everybody proposed, confirmed or refused on a node, leading firms first."""
    rows = Placement.objects.filter(chain=chain, node=node).select_related("enterprise", "decided_by")
    return rows.order_by("-leading", "enterprise__name")


def doubted_on(chain: Chain) -> dict[str, int]:
    """Nodes with confirmed placements whose words are gone, and how many each has."""
    rows = Placement.objects.filter(chain=chain).exclude(doubted_at=None)
    return dict(rows.values_list("node").annotate(n=Count("pk")).order_by("node"))


def chains_of(enterprises: Iterable[str]) -> frozenset[str]:
    """The chains on whose maps any of these records stands by its own words or a person's; industry alone is a hint.

    For judging rules; not for showing.
    """
    rows = _standing_by_its_own().filter(enterprise__in=list(enterprises))
    return frozenset(rows.values_list("chain_id", flat=True).distinct())


def chains_by_enterprise() -> dict[str, frozenset[str]]:
    """The same for every enterprise at once, merged records under their head."""
    head = Coalesce("enterprise__merged_into_id", "enterprise_id")
    found: dict[str, set[str]] = {}
    for enterprise, chain in _standing_by_its_own().annotate(head=head).values_list("head", "chain_id"):
        found.setdefault(enterprise, set()).add(chain)
    return {enterprise: frozenset(chains) for enterprise, chains in found.items()}


def _standing_by_its_own() -> QuerySet[Placement]:
    rows = Placement.objects.exclude(state=Placement.State.REFUSED)
    return rows.exclude(basis=Placement.Basis.INDUSTRY, state=Placement.State.PROPOSED)


def every_county() -> QuerySet[County]:
    """All counties and zones in the order of the pack. Names of places are open to everybody."""
    return County.objects.order_by("position")


def chain_with(chain_id: str) -> Chain | None:
    """One chain by id, for actions that ask permission about it themselves."""
    return Chain.objects.select_related("parent").filter(pk=chain_id).first()


def standing_places(actor: Actor, enterprises: Iterable[str]) -> list[tuple[Chain, Node, Placement]]:
    """The nodes of maps in force on which any of these records stands, refused ones left out.

    Only of chains that `actor` may see; the enterprises are the caller's to have looked at.
    """
    rows = Placement.objects.filter(enterprise__in=list(enterprises)).exclude(state=Placement.State.REFUSED)
    by_chain: dict[str, list[Placement]] = {}
    for row in rows.order_by("-leading", "node"):
        by_chain.setdefault(row.chain_id, []).append(row)
    found = []
    for chain in visible_to(actor):
        version = in_force(chain) if chain.pk in by_chain else None
        nodes = from_plain(version.content).by_id if version else {}
        found += [(chain, nodes[row.node], row) for row in by_chain.get(chain.pk, ()) if row.node in nodes]
    return found
