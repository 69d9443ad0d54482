"""One study: a firm stops for some days; who feels it when, who could stand in, what is not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from lianzhang.chain import ChainMap, from_plain
from lianzhang.kernel import Text
from lianzhang.metrics import Outage, simulate_outage, substitutes, time_to_survive
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import standing
from lianzhang.web.chains.queries import Chain
from lianzhang.web.outages.network import OUTSIDE, Known

#: Days up to which firms are counted in the first sentence.
MILESTONES = (7, 30, 90)
#: Stock and recovery that are assumed while nobody has said otherwise, in days.
STOCK, RECOVERY = 7.0, 7.0
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Hit:
    """A firm that feels the stop: from which day, for how many, how much of a day's output at worst, and why."""

    id: str
    name: str
    county: str
    first_day: int
    days: int
    worst: float
    #: Names of the firms by which the stop reaches it: the stopped one first, its own direct supplier last.
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody who might stand in, and why we think so."""

    id: str
    name: str
    county: str
    scope: str
    basis: str


@dataclass(frozen=True)
class Study:
    """The answer to one question; `run` is the same for the same data and question.

    `low` to `high` firms are hit besides the firm itself: known links alone, and everybody on later nodes of
    the map as well. What all firms buy in total is not known, so no single number is told.
    """

    run: str
    firm: str
    name: str
    days: int
    share: float
    low: int
    high: int
    by_day: tuple[tuple[int, int], ...]
    hits: tuple[Hit, ...]
    substitutes: tuple[Substitute, ...]
    links: int
    without_amount: int
    assumptions: tuple[Text, ...]
    chains: tuple[str, ...]
    #: Days until somebody else is hit if the firm never came back; None if nobody is within a year.
    survive: int | None
    #: Days of the stop and of coming back.
    recover: int

    @property
    def short_by(self) -> int:
        """Days by which coming back takes longer than others can survive; 0 if it does not."""
        return 0 if self.survive is None else max(0, self.recover - self.survive)


def study(
    known: Known | None, firm: str, name: str, *, days: int, share: float, on_chains: Iterable[Chain]
) -> Study:
    """What happens when `firm` loses `share` (0 to 1) of its output for `days` days."""
    on_map = [_places(chain, firm) for chain in on_chains]
    later = {other: said for places in on_map for other, said in places.later.items()}
    same = {other: said for places in on_map for other, said in places.same.items()}
    result: Outage | None = None
    survive: int | None = None
    if known is not None and firm in known.names:
        result = simulate_outage(known.network, {firm: share}, days=days, cover=STOCK, recovery=RECOVERY)
        survive = time_to_survive(known.network, {firm: share}, cover=STOCK)
    hits = tuple(hit for hit in _hits(known, result) if hit.id != firm)
    told = {hit.id for hit in hits}
    at_most = told | set(later)
    question = f"{known.mark if known else ''}|{firm}|{days}|{share}|{STOCK}|{RECOVERY}|{sorted(at_most)}"
    return Study(
        run=sha256(question.encode()).hexdigest()[:12],
        firm=firm,
        name=name,
        days=days,
        share=share,
        low=len(told),
        high=len(at_most - {firm}),
        by_day=tuple((day, sum(hit.first_day <= day for hit in hits)) for day in MILESTONES),
        hits=hits,
        substitutes=_substitutes(known, firm, same, told),
        links=_links_of(known, firm),
        without_amount=known.without_amount if known else 0,
        assumptions=result.assumptions if result else (),
        chains=tuple(places.chain.pk for places in on_map if places.stands),
        survive=survive,
        recover=days + int(RECOVERY),
    )


@dataclass(frozen=True)
class _Places:
    """Firms on the nodes of a map as one firm sees them: on its own nodes, and on those its products reach."""

    chain: Chain
    stands: bool
    same: dict[str, tuple[str, str]]
    later: dict[str, tuple[str, str]]


def _places(chain: Chain, firm: str) -> _Places:
    version = chains.in_force(chain)
    if version is None:
        return _Places(chain, False, {}, {})
    chain_map: ChainMap = from_plain(version.content)
    firms = standing.firms_of(chain)
    own = [node for node, some in firms.items() if any(each.id == firm for each in some)]
    reached, waiting = set(own), list(own)
    while waiting:
        for node in chain_map.buyers.get(waiting.pop(), ()):
            if node not in reached:
                reached.add(node)
                waiting.append(node)

    def on(nodes: Iterable[str]) -> dict[str, tuple[str, str]]:
        return {
            each.id: (each.name, each.county)
            for node in nodes
            for each in firms.get(node, ())
            if each.id != firm
        }

    return _Places(chain, bool(own), on(own), on(sorted(reached - set(own))))


def _hits(known: Known | None, result: Outage | None) -> list[Hit]:
    if known is None or result is None:
        return []
    return [
        Hit(
            firm,
            known.names[firm],
            known.counties[firm],
            first,
            days,
            worst,
            tuple(known.names[at] for at in result.path(firm)[:-1]),
        )
        for firm, first, days, worst in result.firms.select("firm", "first_day", "days", "worst").iter_rows()
    ]


def _substitutes(
    known: Known | None, firm: str, same: dict[str, tuple[str, str]], hit: set[str]
) -> tuple[Substitute, ...]:
    """Firms on the same node first, then those of the same industry class in the network."""
    found = {
        other: Substitute(other, name, county, "city", "node")
        for other, (name, county) in same.items()
        if other not in hit
    }
    if known is not None and firm in known.names:
        for row in substitutes(known.network, firm).iter_rows(named=True):
            other = str(row["candidate"])
            if other not in found and other not in hit:
                scope = "outside" if other.startswith(OUTSIDE) else "city"
                found[other] = Substitute(other, known.names[other], known.counties[other], scope, "industry")
    order = {"city": 0, "outside": 1}
    return tuple(
        sorted(found.values(), key=lambda each: (order[each.scope], each.basis != "node", each.name))
    )


def _links_of(known: Known | None, firm: str) -> int:
    """How many links of the firm are known."""
    if known is None:
        return 0
    at = known.network.firms.index_of(firm)
    if at is None:
        return 0
    return int((known.network.supplier == at).sum() + (known.network.buyer == at).sum())
