"""The systemic risk of every firm on the known links, kept while the links stay the same."""

from __future__ import annotations

from dataclasses import dataclass

from lianzhang.metrics import single_points, supplier_concentration, systemic_risk
from lianzhang.web.outages.network import Known, known_network

#: Rows that a page shows; the command computes all.
MOST = 50
#: Links beyond which the page leaves the work to the command.
MOST_LINKS = 60_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """One firm: share of all known sales lost when it fails, downstream and upstream, how many steps."""

    id: str
    name: str
    county: str
    whole: float
    down: float
    up: float


@dataclass(frozen=True, slots=True)
class Point:
    """A firm without which buyers have no known source of a product; `share` of all known purchases that they make."""

    id: str
    name: str
    county: str
    buyers: int
    share: float


@dataclass(frozen=True)
class Risk:
    """The ranking, the single points, how concentrated purchases are, and what it rests on."""

    ranked: tuple[Ranked, ...]
    points: tuple[Point, ...]
    median_hhi: float | None
    firms: int
    links: int
    without_amount: int
    #: Too many links for a page: nothing was computed, the command can.
    too_large: bool = False


_kept: dict[str, Risk] = {}


def risk_of_city() -> Risk | None:
    """The risk on the known links; None while there is none."""
    known = known_network()
    if known is None:
        return None
    if known.links > MOST_LINKS:
        return Risk((), (), None, len(known.names), known.links, known.without_amount, too_large=True)
    if known.mark not in _kept:
        found = _measured(known)
        _kept.clear()
        _kept[known.mark] = found
    return _kept[known.mark]


def _measured(known: Known) -> Risk:
    network = known.network
    table = systemic_risk(network, threads=1).table.sort(["esri", "scenario"], descending=[True, False])
    ranked = tuple(
        Ranked(firm, known.names[firm], known.counties[firm], whole, down, up)
        for firm, whole, down, up in table.select("scenario", "esri", "esri_down", "esri_up")
        .head(MOST)
        .iter_rows()
    )
    alone = single_points(network, weight=network.input).head(MOST)
    points = tuple(
        Point(firm, known.names[firm], known.counties[firm], buyers, share)
        for firm, buyers, share in alone.select("supplier", "buyers", "weight_share").iter_rows()
    )
    hhi = supplier_concentration(network)["hhi"].median()
    return Risk(
        ranked, points, float(hhi) if isinstance(hhi, float) else None, len(network.firms), known.links,
        known.without_amount,
    )  # fmt: skip
