"""Reads of this noun. The first argument is always who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.db.models import Q, QuerySet

from lianzhang.casework import Actor, Subject, may
from lianzhang.casework.ledger import Freshness, Ledger, Ledgers, LedgerState, freshness, load_ledgers
from lianzhang.kernel import clock
from lianzhang.kernel.clock import CHINA
from lianzhang.kernel.pack import open_pack
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains.queries import Chain, County
from lianzhang.web.ledgers.models import Inspection, LedgerRow, TenProgress


@lru_cache(maxsize=4)
def _ledgers(pack_id: str) -> Ledgers:
    return load_ledgers(open_pack(pack_id))


def ledgers() -> Ledgers:
    """The lists of this city's pack."""
    return _ledgers(settings.LIANZHANG_PACK)


def subject_of(chain: Chain, actor: Actor, county: County | None = None) -> Subject:
    """A row of a chain's list as permission sees it: it belongs to its county, or to the city."""
    whole = chains.subject_of(chain, actor)
    region = county.region_code or county.pk if county else whole.region_code
    return Subject(kind="ledger", id=chain.pk, chain=whole.chain, region_code=region)


def visible_chains(actor: Actor) -> list[Chain]:
    """The chains whose lists the actor may see."""
    return [
        chain
        for chain in chains.visible_to(actor)
        if may(actor, "ledger.see", subject_of(chain, actor)).allowed
    ]


def visible_to(actor: Actor) -> QuerySet[LedgerRow]:
    """The rows that the actor may see: those of the chains in charge; a county's officers only its own and
    those of the whole city."""
    rows = LedgerRow.objects.filter(chain__in=[chain.pk for chain in visible_chains(actor)])
    if actor.region_code:
        rows = rows.filter(
            Q(county=None) | Q(county__region_code=actor.region_code) | Q(county=actor.region_code)
        )
    return rows.select_related("chain", "county", "enterprise", "organisation", "confirmed_by")


def one(actor: Actor, row_id: object) -> LedgerRow | None:
    """One visible row."""
    return visible_to(actor).filter(pk=row_id).first()


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its state in words and how it stands today."""

    row: LedgerRow
    ledger: Ledger
    state: LedgerState
    freshness: Freshness


def shown(rows: Iterable[LedgerRow]) -> list[Shown]:
    """The rows as lists show them, the most pressing first; rows of lists the pack dropped are left out."""
    known, today = ledgers(), clock.today()
    found = []
    for row in rows:
        ledger = known.get(row.ledger)
        if ledger is None:
            continue
        state = ledger.state(row.state)
        fresh = freshness(
            final=state.final,
            due=row.due,
            confirmed_on=row.confirmed_at.astimezone(CHINA).date(),
            today=today,
            confirm_months=known.confirm_months,
        )
        found.append(Shown(row, ledger, state, fresh))
    order = {fresh: at for at, fresh in enumerate(Freshness)}
    return sorted(
        found, key=lambda each: (order[each.freshness], str(each.row.due or "9999"), each.row.made_at)
    )


def rows_of_node(actor: Actor, chain: Chain, node: str) -> list[Shown]:
    """The rows about one node of a map."""
    return shown(visible_to(actor).filter(chain=chain, node=node))


def inspections_of(actor: Actor, chain: Chain) -> QuerySet[Inspection]:
    """The inquiries, patrols and diagnoses of a chain that the actor may see."""
    if not may(actor, "ledger.see", subject_of(chain, actor)).allowed:
        return Inspection.objects.none()
    return Inspection.objects.filter(chain=chain).select_related("made_by")


def ten_of(chain: Chain) -> dict[tuple[str, str], TenProgress]:
    """The present progress by county and item."""
    found: dict[tuple[str, str], TenProgress] = {}
    for row in TenProgress.objects.filter(chain=chain).select_related("by").order_by("at", "pk"):
        found[row.county_id, row.item] = row
    return found
