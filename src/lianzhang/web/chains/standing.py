"""How a chain stands today: its map in force, the firms on it, gaps and strengths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import polars as pl
from django.db.models import Q, QuerySet

from lianzhang.casework import Actor
from lianzhang.chain import ChainMap, Coverage, Firm, NodeTerms, Supply, coverage, from_plain
from lianzhang.chain.placing import place_text
from lianzhang.kernel.clock import CHINA
from lianzhang.web.chains.models import Chain, MapVersion, Placement, PlacingRun
from lianzhang.web.chains.queries import in_force
from lianzhang.web.registry import queries as registry
from lianzhang.web.registry.frames import supply_frame

#: An industry class alone says too little to count a firm on a node; a person has to confirm it first.
COUNTED = ~Q(state=Placement.State.REFUSED) & (
    ~Q(basis=Placement.Basis.INDUSTRY) | Q(state=Placement.State.CONFIRMED)
)


@dataclass(frozen=True)
class Standing:
    """The map in force of one chain with everybody on it, as `actor` may see them."""

    chain: Chain
    version: MapVersion
    map: ChainMap
    coverage: Coverage
    run: PlacingRun | None
    #: Firms whose names the reader may see; None = all of them.
    visible: frozenset[str] | None

    def may_name(self, firm: Firm) -> bool:
        """Whether the reader may see which firm this is."""
        return self.visible is None or firm.id in self.visible

    @cached_property
    def leading(self) -> tuple[Firm, ...]:
        """The leading firms of the chain that the reader may see, each once."""
        found = {firm.id: firm for node in self.coverage.nodes.values() for firm in node.leading}
        return tuple(firm for firm in found.values() if self.may_name(firm))


def standings_of(actor: Actor, chains: Iterable[Chain]) -> list[Standing]:
    """How several chains stand, those without a published map left out; supply links are read once for all."""
    links = supply_frame()
    return [shown for chain in chains if (shown := standing_of(actor, chain, links=links))]


def standing_of(actor: Actor, chain: Chain, *, links: pl.DataFrame | None = None) -> Standing | None:
    """How the chain stands; None while it has no published map. `links`: the supply links, if read before."""
    version = in_force(chain)
    if version is None:
        return None
    chain_map = from_plain(version.content)
    run = PlacingRun.objects.filter(version__chain=chain).first()
    firms = firms_of(chain)
    placed_on = run.at.astimezone(CHINA).date() if run and run.enterprises else None
    found = coverage(chain_map, firms, placed_on=placed_on, supplies=supplies_of(chain_map, links))
    return Standing(chain, version, chain_map, found, run, _visible(actor, firms))


def counted_on(chain: Chain) -> QuerySet[Placement]:
    """The placements that count."""
    return Placement.objects.filter(COUNTED, chain=chain).select_related("enterprise")


def firms_of(chain: Chain) -> Mapping[str, list[Firm]]:
    """The firms that count on each node."""
    rows = counted_on(chain).values_list(
        "node", "enterprise_id", "enterprise__name", "enterprise__region", "leading", "state"
    )
    firms: dict[str, list[Firm]] = {}
    for node, pk, name, region, leading, state in rows.iterator():
        firms.setdefault(node, []).append(
            Firm(id=pk, name=name, county=region, leading=leading, confirmed=state == "confirmed")
        )
    return firms


def supplies_of(chain_map: ChainMap, links: pl.DataFrame | None = None) -> list[Supply]:
    """What is known of buying: for each link whose product belongs to a node, whether the supplier is local."""
    frame = supply_frame() if links is None else links
    if frame.is_empty():
        return []
    nodes = [NodeTerms(node.id, (*node.products, *node.terms.any), node.terms.veto) for node in chain_map]
    found = []
    for row in frame.iter_rows(named=True):
        if row["buyer"] is None or not row["product"]:
            continue
        share = Decimal(1 if row["supplier"] is not None else 0)
        found += [
            Supply(node=node, share=share, amount=row["amount"]) for node in place_text(row["product"], nodes)
        ]
    return found


def _visible(actor: Actor, firms: Mapping[str, Iterable[Firm]]) -> frozenset[str] | None:
    condition = registry.reach(actor)
    if not condition:
        return None
    ids = {firm.id for row in firms.values() for firm in row}
    return frozenset(registry.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
