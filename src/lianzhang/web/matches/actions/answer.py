"""An enterprise states a fact about itself."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from lianzhang.casework import Actor
from lianzhang.kernel import Fact, FactPeriod, FactValue, LianzhangError, Text, clock
from lianzhang.web.measures.known import known_facts
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.entries import Entries, Source, ValueEntry


class AlreadyKnown(LianzhangError):
    """The office has a value for this fact: it is corrected, not answered over."""


def answer(actor: Actor, enterprise_id: str, fact: Fact, value: FactValue, *, period: str = "") -> None:
    """Store a fact that nobody has stated yet, as said by the enterprise and not yet checked.

    Raises AlreadyKnown when there is a value: what the government holds changes through a correction only.
    """
    if known_facts(enterprise_id, on=clock.today()).get(fact.name) is not None:
        raise AlreadyKnown(
            Text(f"“{fact.label.zh}”已有登记值。", f"There is a value for “{fact.label.en}” already."),
            Text(
                "如有不对，请在“我的档案”里提出更正。", "If it is wrong, propose a correction in “my record”."
            ),
        )
    entry = ValueEntry(
        enterprise=enterprise_id,
        fact=fact.name,
        period=period if fact.period is FactPeriod.YEAR else "",
        doubt="unverified",
        **_columns(fact, value),
    )
    source = Source(kind="enterprise", name="企业自报", as_of=clock.today())
    enter(actor, Entries(values=(entry,)), source=source, verb="match.answer")


def _columns(fact: Fact, value: FactValue) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"text": "yes" if value else "no"}
    if isinstance(value, int | Decimal):
        return {"number": Decimal(value), "unit": fact.unit}
    if isinstance(value, frozenset):
        return {"text": "\n".join(sorted(value))}
    return {"text": str(value)}
