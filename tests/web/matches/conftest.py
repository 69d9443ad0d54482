"""An enterprise in the registry, its account, and one measure in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Role
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Person
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.entries import Entries, NewEnterprise, Source, ValueEntry
from lianzhang.web.registry.models import Enterprise

MEASURE = "all:\n  - {fact: employees, at_least: 20, unit: 人, clause: 第三条, confidence: A}\n"


@dataclass(frozen=True)
class Firm:
    """The enterprise, its user, and an officer who writes values."""

    id: str
    user: Person
    officer: Person

    def say(
        self, fact: str, number: str = "", *, text: str = "", period: str = "2025", unit: str = ""
    ) -> None:
        entry = ValueEntry(
            enterprise=self.id,
            fact=fact,
            number=Decimal(number) if number else None,
            text=text,
            unit=unit,
            period=period,
        )
        enter(
            actor_for(self.officer), Entries(values=(entry,)),
            source=Source(kind="import", name="2025年统计报表", as_of=date(2026, 3, 1)),
        )  # fmt: skip


@pytest.fixture
def firm(db: Any, person: Callable[..., Person]) -> Firm:
    officer = person(Role.chain_officer, username="keeper")
    user = person(Role.enterprise_user, username="owner")
    enter(
        actor_for(officer),
        Entries(new=(NewEnterprise(id="EFIRM00001", name="样例轴承有限公司"),)),
        source=Source(kind="officer", name="样例登记"),
    )
    Enterprise.objects.filter(pk="EFIRM00001").update(organisation=user.holdings.get().post.organisation)
    return Firm("EFIRM00001", user, officer)


@pytest.fixture
def browser(firm: Firm, signed_in: Callable[..., Client]) -> Client:
    """The enterprise's own browser."""
    return signed_in(firm.user)
