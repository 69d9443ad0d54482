"""Plan a visit; plan the four visits of the first year of a new arrival."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.casework.clocks import add_months
from lianzhang.kernel import LianzhangError, Text, clock
from lianzhang.web.cases.firms import Firm, firm_of
from lianzhang.web.chains import queries as chains
from lianzhang.web.flow import rules
from lianzhang.web.flow.actions import start
from lianzhang.web.people.permission import require_for
from lianzhang.web.people.queries import organisation
from lianzhang.web.registry.actions import hold
from lianzhang.web.visits.models import Visit
from lianzhang.web.visits.queries import near, visits_of


def plan_visit(
    actor: Actor, firm: Any, day: date, *, purpose: str, sort: str = Visit.Sort.service, visitors: str = "",
    despite: bool = False, month: int | None = None, sample: bool = False,
) -> Visit:  # fmt: skip
    """A planned visit of the actor's own unit. Raises LianzhangError when another unit is near, unless `despite`."""
    firm = firm if isinstance(firm, Firm) else firm_of(firm)
    chain = (firm.chains or [chains.main_chain()])[0]
    charge = chain if chain in actor.chains or not actor.chains else sorted(actor.chains)[0]
    subject = Subject(
        "visit", organisation_id=actor.organisation_id, region_code=firm.region_code or None, chain=charge
    )
    require_for(actor, "visit.plan", subject)
    if day < clock.today():
        raise LianzhangError(
            Text("走访日期已过。", "The day has passed."), Text("请填今天或以后。", "Give a later day.")
        )
    others = near(firm, day) if not despite and month is None else []
    if others:
        said = "、".join(f"{unit}（{at:%Y-%m-%d}）" for unit, at in others[:3])
        raise LianzhangError(
            Text(f"30天内已有走访：{said}。", f"There are visits within thirty days: {said}."),
            Text("建议合并；确需单独去，请勾选“仍要安排”。", "Go together, or tick “plan it all the same”."),
        )
    with transaction.atomic():
        hold(firm.enterprise.pk if firm.enterprise else None)
        row = Visit(
            state="planned", firm=firm.organisation, enterprise=firm.enterprise,
            lead=organisation(actor.organisation_id), planned=day, purpose=purpose,
            title=f"走访{firm.name}"[:120], sort=sort, visitors=visitors, region_code=firm.region_code,
            chain_id=chain, month=month, sample=sample,
        )  # fmt: skip
        return start(actor, row, text=purpose)


def follow_arrival(actor: Actor, firm: Any, landed: date) -> list[Visit]:
    """Visits at 1, 3, 6 and 12 months after landing; a firm is followed once."""
    firm = firm if isinstance(firm, Firm) else firm_of(firm)
    if visits_of(firm).filter(month__isnull=False).exists():
        raise LianzhangError(Text("这家企业已安排回访。", "This firm is followed already."))
    numbers = rules.presets("project").numbers
    months = [numbers[name] for name in ("first_visit", "second_visit", "third_visit", "fourth_visit")]
    with transaction.atomic():
        return [
            plan_visit(
                actor, firm, max(add_months(landed, month), clock.today()), month=month,
                purpose=f"落地{month}个月回访", sort=Visit.Sort.arrival,
            )
            for month in months
        ]  # fmt: skip
