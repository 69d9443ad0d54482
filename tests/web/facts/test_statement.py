"""How a new statement stands to a stored one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from lianzhang.web.facts.statement import Relation, Statement


def said(**fields: Any) -> Statement:
    for name in ("value", "low", "high", "change_pct"):
        if name in fields:
            fields[name] = Decimal(str(fields[name]))
    return Statement(**{"subject": "聊城市", "indicator": "营业收入", "period": "2024", **fields})


@pytest.mark.parametrize(
    ("new", "stored", "relation"),
    [
        (said(value=3, unit="亿元"), said(value=3, unit="亿元"), Relation.SAME),
        (said(value="3.0", unit="亿元"), said(value=30000, unit="万元"), Relation.SAME),
        (said(value=3, unit="亿元"), said(value=4, unit="亿元"), Relation.DIFFERENT),
        (
            said(value=3000, unit="万元", qualifier="over"),
            said(value=3000, unit="万元", qualifier="exact"),
            Relation.DIFFERENT,
        ),
        (said(value=3, unit="亿元"), said(value=3, unit="家"), Relation.APART),
        (said(value=3, unit="亿元"), said(value=4, unit="亿元", period="2025"), Relation.APART),
        (said(value=3, unit="亿元"), said(value=4, unit="亿元", planned=True), Relation.APART),
        (said(value=3, unit="亿元"), said(change_pct=7), Relation.MORE),
        (said(change_pct=7), said(value=3, unit="亿元", change_pct=7), Relation.SAME),
        (said(value=3, unit="亿元", change_pct=8), said(value=3, unit="亿元", change_pct=7), Relation.DIFFERENT),
        (said(change_pct=7, change_base="同比"), said(change_pct=3, change_base="环比"), Relation.APART),
        (said(change_pct=7, change_base="同比"), said(change_pct=7), Relation.SAME),
        (said(sub_field="轴承"), said(sub_field="电机装备"), Relation.DIFFERENT),
        (
            said(low=1, high=2, unit="亿元", qualifier="range"),
            said(low=1, high=3, unit="亿元", qualifier="range"),
            Relation.DIFFERENT,
        ),
    ],
)  # fmt: skip
def test_statements_are_compared_by_what_they_say(
    new: Statement, stored: Statement, relation: Relation
) -> None:
    assert new.relation_to(stored) is relation
