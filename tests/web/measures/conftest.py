"""A list of the market supervision bureau, its people, and a few enterprises to try it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from lianzhang.casework import Actor, Role
from lianzhang.web.measures.actions.draft import new_version, put_measure
from lianzhang.web.measures.actions.take_step import take_step
from lianzhang.web.measures.actions.try_out import acknowledge, try_out
from lianzhang.web.measures.models import ListVersion, MeasureList
from lianzhang.web.people.actions import create_organisation
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Organisation, Person

MANY_WORKERS = "all:\n  - {fact: employees, at_least: 20, unit: 人, clause: 第三条, confidence: A}\n"


@dataclass(frozen=True)
class Bureau:
    """Who prepares a list: the drafter, a colleague who speaks on fair competition, others who review."""

    organisation: Organisation
    drafter: Person
    reviewer: Person
    officer: Person
    chief: Person
    list: MeasureList

    def actor(self, who: str) -> Actor:
        """`bureau.actor("drafter")`."""
        return actor_for(getattr(self, who))


@pytest.fixture
def bureau(db: Any, person: Callable[..., Person]) -> Bureau:
    organisation = create_organisation(name="样例市市场监督管理局", kind="department", chains=("equipment",))
    return Bureau(
        organisation,
        drafter=person(Role.department_officer, organisation=organisation, username="drafter"),
        reviewer=person(Role.department_officer, organisation=organisation, username="reviewer"),
        officer=person(Role.chain_officer, username="office"),
        chief=person(Role.chief, username="boss"),
        list=MeasureList.objects.create(code="main", kind="main", title="共性措施主清单", owner=organisation),
    )


def measure_of(**fields: Any) -> dict[str, Any]:
    return {
        "code": "testing", "position": 1, "title": "检验检测设备开放共享", "gives": "检测费减免30%",
        "basis": [{"document": "样例文件", "clause": "第三条"}], "requires": MANY_WORKERS, "is_support": True,
        **fields,
    }  # fmt: skip


@pytest.fixture
def draft(bureau: Bureau) -> ListVersion:
    """A first version with one support measure."""
    version = new_version(bureau.actor("drafter"), bureau.list.pk)
    put_measure(bureau.actor("drafter"), version.pk, revision=version.revision, **measure_of())
    return ListVersion.objects.get(pk=version.pk)


def published(bureau: Bureau, version: ListVersion, *, starts: date) -> ListVersion:
    """Take a draft the whole way."""

    def now() -> ListVersion:
        return ListVersion.objects.get(pk=version.pk)

    drafter = bureau.actor("drafter")
    try_out(drafter, version.pk, revision=now().revision)
    acknowledge(drafter, version.pk, revision=now().revision, because="样例企业少")
    for action, who in (
        ("send", "drafter"),
        ("legal_agree", "officer"),
        ("fair_agree", "reviewer"),
        ("approve", "chief"),
    ):
        take_step(bureau.actor(who), version.pk, action, revision=now().revision, text="同意")
    return take_step(drafter, version.pk, "publish", revision=now().revision, valid_from=starts)
