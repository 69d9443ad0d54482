"""Turn the gaps, single points and strengths of a map into rows of the lists."""

from __future__ import annotations

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.chain import Mark
from lianzhang.kernel import clock
from lianzhang.web.chains.actions.draft import locked_chain
from lianzhang.web.chains.queries import Chain
from lianzhang.web.chains.standing import standing_of
from lianzhang.web.ledgers import queries
from lianzhang.web.ledgers.actions.keep import add_row
from lianzhang.web.ledgers.models import LedgerRow

#: Which marks of a node go into which list, and what is written as the type or strength.
INTO = {
    "weak_points": {Mark.gap: "缺失", Mark.single: "单一来源", Mark.weak: "薄弱"},
    "recruiting": {Mark.gap: ""},
    "strengths": {Mark.strong: ""},
    "problems": {Mark.gap: "断点", Mark.single: "卡点"},
}
_FIRST_COLUMN = {
    "weak_points": "type",
    "strengths": "strength",
    "problems": "type",
    "recruiting": "lead_source",
}


def fill_from_map(actor: Actor, chain: Chain, ledger_id: str) -> int:
    """Add a row for each node that belongs into the list and has no open row there; returns how many.

    Nothing is added while no registry has been placed on the map, because then nothing is known.
    """
    shown = standing_of(actor, chain)
    wanted = INTO.get(ledger_id)
    ledger = queries.ledgers().get(ledger_id)
    if shown is None or shown.coverage.placed_on is None or wanted is None or ledger is None:
        return 0
    with transaction.atomic():
        locked_chain(actor, chain.pk, "ledger.write")
        final = {state.id for state in ledger.states if state.final}
        open_rows = LedgerRow.objects.filter(chain=chain, ledger=ledger_id).exclude(state__in=final)
        there = set(open_rows.values_list("node", flat=True))
        added = 0
        for found in shown.coverage.marked(*wanted):
            if found.node in there:
                continue
            word = wanted[found.mark] or found.rule.zh
            values = {_FIRST_COLUMN[ledger_id]: word}
            if ledger_id == "problems":
                values["found_by"] = "图谱比对"
            add_row(
                actor,
                chain.pk,
                ledger_id,
                title=f"{shown.map.by_id[found.node].name.zh}：{found.rule.zh}"[:200],
                node=found.node,
                source=f"产业图谱第{shown.version.number}版",
                as_of=clock.today(),
                values=values,
            )
            added += 1
    return added
