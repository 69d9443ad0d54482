"""Turn a study into a list of things to do (应对清单): rows of the chain's list of problems."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.web.ledgers import queries as ledgers
from lianzhang.web.ledgers.actions.keep import add_row
from lianzhang.web.outages.study import Study

#: How many of the firms hit first get a task of their own.
MOST_TASKS = 10
_DAYS_FOR_FIRST, _DAYS_FOR_REST = 2, 7


def respond(actor: Actor, chain_id: str, found: Study) -> int:
    """Add the tasks of a study to the list of problems of a chain; returns how many.

    The same study asked again adds nothing: its run stands in the source of each row.
    """
    source = f"断供推演 {found.run}"
    with transaction.atomic():
        if ledgers.visible_to(actor).filter(chain=chain_id, ledger="problems", source=source).exists():
            return 0
        today = clock.today()
        tasks = [(f"联系{found.name}，核实断供原因和恢复时间", _DAYS_FOR_FIRST)]
        tasks += [
            (f"核实{hit.name}的库存和替代供应（预计第{hit.first_day}天受影响）", _DAYS_FOR_FIRST)
            for hit in found.hits[:MOST_TASKS]
        ]
        if found.substitutes:
            names = "、".join(each.name for each in found.substitutes[:5])
            tasks.append((f"逐家询问替代供应：{names}"[:200], _DAYS_FOR_REST))
        if not found.links:
            tasks.append((f"征询{found.name}的供需关系（已知0条）", _DAYS_FOR_REST))
        for title, days in tasks:
            add_row(
                actor, chain_id, "problems", title=title[:200], source=source, as_of=today,
                due=today + timedelta(days=days), values={"type": "断点", "found_by": "断供推演"},
            )  # fmt: skip
    return len(tasks)
