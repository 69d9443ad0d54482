"""The registry of a demonstration: the pack's real firms with their doubts, and sample firms marked 样例."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from lianzhang.kernel.pack import open_pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianzhang.casework import Actor
    from lianzhang.web.people.actions import Account

#: Account of the enterprise user, whose own record is a sample too.
ENTERPRISE_USER = "enterprise"
_YEAR = "2024"


@dataclass(frozen=True, slots=True)
class Registry:
    """How many firms the demonstration shows."""

    real: int
    samples: int


def build(officer: Actor, accounts: Sequence[Account], *, with_samples: bool) -> Registry:
    """Load the pack's firms, and unless they are not wanted the samples with a doubt and a correction to try."""
    from lianzhang.web.registry.actions import load_enterprises, load_samples

    real = load_enterprises(officer, "liaocheng")
    if not with_samples:
        return Registry(real, 0)
    samples = load_samples(officer)
    _own_record(officer, accounts)
    _second_source(officer)
    return Registry(real, samples)


def _own_record(officer: Actor, accounts: Sequence[Account]) -> None:
    """Link the enterprise user's organisation with its record, and let it propose a correction."""
    from lianzhang.web.people.identity import actor_for
    from lianzhang.web.registry import queries
    from lianzhang.web.registry.actions import link_organisation, propose_correction

    person = next((row.person for row in accounts if row.person.username == ENTERPRISE_USER), None)
    name = open_pack("demo").read_yaml("enterprises.yaml")["own"]["name"]
    enterprise = queries.visible_to(officer).filter(name=name, sample=True).first()
    if person is None or enterprise is None:
        return
    user = actor_for(person)
    link_organisation(officer, enterprise.pk, user.organisation_id, version=enterprise.version)
    propose_correction(
        user,
        enterprise.pk,
        fact="employees",
        value=Decimal(168),
        period=_YEAR,
        because="样例：按2024年12月参保人数",
    )


def _second_source(officer: Actor) -> None:
    """Another source states the revenue of two sample firms otherwise: something for the conflict desk."""
    from lianzhang.web.registry import queries
    from lianzhang.web.registry.actions import enter
    from lianzhang.web.registry.entries import Entries, Source, ValueEntry

    ids = list(
        queries.visible_to(officer).filter(sample=True).order_by("pk").values_list("pk", flat=True)[5:25]
    )
    stated = [row for row in queries.values_of(ids, ["revenue_ly"]) if row.period == _YEAR][:2]
    entries = [
        ValueEntry(
            enterprise=row.enterprise_id,
            fact="revenue_ly",
            period=_YEAR,
            number=row.number + Decimal(120),
            unit=row.unit,
        )
        for row in stated
    ]
    source = Source(kind="sample", name="样例县区年报", as_of=date(2025, 4, 30))
    enter(officer, Entries(values=entries), source=source)
