"""Enterprises for these tests, written through the same door as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.registry.actions import enter
from lianzhang.web.registry.base_facts import dictionary
from lianzhang.web.registry.entries import (
    Entries,
    NameEntry,
    NewEnterprise,
    Source,
    ValueEntry,
    new_enterprise_id,
)
from lianzhang.web.registry.models import Enterprise

SHIFENG = "山东时风(集团)有限责任公司"
GAOTANG, LINQING = "371526", "371581"
#: Issued to a company elsewhere; its check characters agree.
CODE = "913700007456765902"


def source(name: str = "县区月报", *, kind: str = "import", as_of: date | None = None, **more: Any) -> Source:
    """Where a test's entries come from."""
    return Source(kind=kind, name=name, as_of=as_of or date(2025, 6, 30), **more)


def make_enterprise(
    actor: Actor,
    name: str = SHIFENG,
    *,
    short: tuple[str, ...] = (),
    county: str = GAOTANG,
    from_source: Source | None = None,
    **facts: str | int,
) -> Enterprise:
    """An enterprise with some values: numbers are given as int, all else as text."""
    pk = new_enterprise_id()
    values = [ValueEntry(enterprise=pk, fact="county", text=county)] if county else []
    for fact, value in facts.items():
        values.append(
            ValueEntry(enterprise=pk, fact=fact, text=value)
            if isinstance(value, str)
            else ValueEntry(
                enterprise=pk, fact=fact, period="2024", number=Decimal(value), unit=dictionary()[fact].unit
            )
        )
    entries = Entries(
        new=[NewEnterprise(id=pk, name=name)],
        names=[NameEntry(enterprise=pk, name=one, kind="short") for one in short],
        values=values,
    )
    enter(actor, entries, source=from_source or source())
    return Enterprise.objects.get(pk=pk)


def say(actor: Actor, enterprise: Enterprise, fact: str, value: str | int, **named: Any) -> None:
    """Enter one more value; `period`, `unit`, and the source's `name`, `kind`, `as_of` may be given."""
    about = {key: named.pop(key) for key in ("name", "kind", "as_of") if key in named}
    entry = (
        ValueEntry(enterprise=enterprise.pk, fact=fact, text=value, **named)
        if isinstance(value, str)
        else ValueEntry(
            enterprise=enterprise.pk,
            fact=fact,
            number=Decimal(value),
            **{"period": "2024", "unit": "万元", **named},
        )
    )
    enter(actor, Entries(values=[entry]), source=source(**about))


def text_of(answer: Any, *, status: int = 200) -> str:
    """The page of an answer with this status."""
    assert answer.status_code == status
    return str(answer.content.decode())


@pytest.fixture
def office(signed_in: Callable[..., Client]) -> Client:
    """The browser of somebody of the chain office."""
    return signed_in(Role.chain_officer)


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    """Somebody of the chain office."""
    return actor(Role.chain_officer)
