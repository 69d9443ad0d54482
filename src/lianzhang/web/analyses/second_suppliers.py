"""Which second supplier would help most on the known links, kept while the links stay the same."""

from __future__ import annotations

from dataclasses import dataclass

from lianzhang.metrics import second_suppliers
from lianzhang.web.outages.network import Known, known_network

#: Links beyond which the page leaves the work to the command: every trial follows many failures again.
MOST_LINKS = 6_000
#: Purchases tried, and candidates for each.
PURCHASES, CANDIDATES = 20, 3
#: The least change that four digits show.
LEAST = 5e-5


@dataclass(frozen=True, slots=True)
class Proposal:
    """Give `buyer` a `second` source beside its only one; `relief` is the fall of the summed risk.

    `before`, `after`: share of all known activity lost when the present supplier stops. `growth`: what the
    second would sell more, as a share of its known sales.
    """

    buyer: str
    supplier: str
    supplier_id: str
    second: str
    second_county: str
    scope: str
    growth: float
    before: float
    after: float
    relief: float

    @property
    def only_spreads(self) -> bool:
        """Whether the worst case is milder while the summed risk stays: now either of two may fail."""
        return self.relief < LEAST

    @property
    def strained(self) -> bool:
        """Whether the second would have to sell more than it is known to sell by half."""
        return self.growth > 0.5


@dataclass(frozen=True)
class SecondSuppliers:
    """The proposals, best first, and what they rest on."""

    proposals: tuple[Proposal, ...]
    firms: int
    links: int
    without_amount: int
    #: Too many links for a page: nothing was computed, the command can.
    too_large: bool = False


_kept: dict[str, SecondSuppliers] = {}


def second_suppliers_of_city() -> SecondSuppliers | None:
    """The proposals on the known links; None while there is none."""
    known = known_network()
    if known is None:
        return None
    if known.links > MOST_LINKS:
        return SecondSuppliers((), len(known.names), known.links, known.without_amount, too_large=True)
    if known.mark not in _kept:
        found = _measured(known)
        _kept.clear()
        _kept[known.mark] = found
    return _kept[known.mark]


def _measured(known: Known) -> SecondSuppliers:
    table = second_suppliers(known.network, region="county", most=PURCHASES, each=CANDIDATES)
    proposals = tuple(
        Proposal(
            buyer=known.names[row["buyer"]],
            supplier=known.names[row["supplier"]],
            supplier_id=row["supplier"],
            second=known.names[row["second"]],
            second_county=known.counties[row["second"]],
            scope=row["scope"],
            growth=row["growth"],
            before=row["esri_before"],
            after=row["esri_after"],
            relief=row["relief"],
        )
        for row in table.iter_rows(named=True)
        # A link that leaves the standstill as bad as it was is no proposal.
        if row["esri_before"] - row["esri_after"] > LEAST
    )
    return SecondSuppliers(proposals, len(known.names), known.links, known.without_amount)
