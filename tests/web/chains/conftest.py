"""A chain with accepted facts, each tied to a claim in a bulletin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from lianzhang.casework import Role
from lianzhang.kernel.period import Period
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.chains.actions import load_pack
from lianzhang.web.facts.models import Fact

PUBLISHED = date(2025, 8, 15)
WHOLE = "聊城市装备制造产业"

#: subject, kind of subject, indicator, kind, period, and whatever else the statement says.
STATEMENTS: list[tuple[str, str, str, str, str, dict[str, Any]]] = [
    (WHOLE, "chain", "营业收入", "metric", "2024", {"value": "318.4", "unit": "亿元", "change_pct": "7.1"}),
    (WHOLE, "chain", "营业收入", "metric", "2025H1",
     {"value": "176.88", "unit": "亿元", "change_pct": "18.9", "change_base": "同比"}),
    (WHOLE, "chain", "小巨人企业数", "title_count", "2025-08-15",
     {"value": "12", "unit": "家", "title": "小巨人", "level": "国家级"}),
    (WHOLE, "chain", "瞪羚企业数", "title_count", "2025-08-15",
     {"value": "29", "unit": "家", "title": "瞪羚", "level": "省级"}),
    ("鑫大地", "enterprise", "称号", "title", "2024", {"title": "高端品牌培育企业", "level": "省级"}),
    ("时风集团", "enterprise", "外贸累计", "metric", "2025Q1", {"change_pct": "97"}),
    ("时风集团", "enterprise", "三轮车出口量", "metric", "2025Q1",
     {"change_pct": "60", "change_qualifier": "over", "change_base": "同比"}),
    ("时风集团", "enterprise", "拖拉机销量(东欧、北非市场)", "metric", "2025Q1", {"change_pct": "20"}),
    ("双力现代农业装备", "enterprise", "出口额", "metric", "2025H1",
     {"value": "3000", "unit": "万元", "qualifier": "over"}),
    ("冠县肯石重工机械", "enterprise", "设计产能", "spec", "",
     {"value": "1500", "unit": "台/年", "project": "电动挖掘机项目", "planned": True}),
    ("东昌府区", "county", "细分领域", "assignment", "2025-08-15",
     {"sub_field": "工程机械", "region_code": "371502"}),
    (WHOLE, "chain", "保障数", "policy_count", "", {"value": "7", "unit": "项", "found": 6}),
    ("聊城市", "city", "企业注册率", "metric", "2024", {"value": "91", "unit": "%"}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _in_chinese() -> Iterator[None]:
    """Each test begins as a reader of Chinese, whatever language the one before chose."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def pack(db: Any) -> None:
    """The chains and counties of the bundled city."""
    load_pack("liaocheng")


@pytest.fixture
def facts(pack: None, person: Callable[..., Any]) -> list[Fact]:
    """All statements above, accepted by an officer of the chain office."""
    officer = person(Role.chain_officer)
    text = "\n".join(f"{subject}{indicator}" for subject, _, indicator, *_ in STATEMENTS)
    document = Document.objects.create(
        name="样例", sha256="0" * 64, size=len(text), text=text, published="2025-08-15",
        state=Document.State.DONE, uploaded_by=officer, chain_id="equipment",
    )  # fmt: skip
    return [_fact(document, ordinal, statement) for ordinal, statement in enumerate(STATEMENTS)]


def _fact(
    document: Document, ordinal: int, statement: tuple[str, str, str, str, str, dict[str, Any]]
) -> Fact:
    subject, subject_kind, indicator, kind, period, said = statement
    claim = Claim.objects.create(
        document=document, ordinal=ordinal, subject=subject, indicator=indicator, kind=kind, start=ordinal,
        end=ordinal + 1, quote=indicator, certainty="sure", state=Claim.State.ACCEPTED,
        decided_by=document.uploaded_by, decided_at=document.created,
    )  # fmt: skip
    span = Period.parse(period) if period else None
    return Fact.objects.create(
        subject=subject, subject_kind=subject_kind, indicator=indicator, kind=kind, period=period,
        period_start=span.start if span else None, period_end=span.end if span else None,
        chain_id="equipment", as_of=PUBLISHED, claim=claim, accepted_by=document.uploaded_by, **said,
    )  # fmt: skip
