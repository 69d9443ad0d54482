"""Bulletins for these tests: claims written out by hand, so that no test depends on how well texts are read."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.chains.models import Chain
from lianzhang.web.people.models import Person
from tests.web.conftest import make_person

TEXT = (
    "装备制造产业链通报\n"
    "2024年全市装备制造产业实现营业收入318.4亿元,增速7.1%。\n"
    "现有国家级小巨人企业12家。今年一季度,时风集团外贸累计增长97%。\n"
    "??鲜毓ど习肽瓿隹?338.8万元,同比增长5%。\n"
)
SUBJECT = "聊城市装备制造产业链"


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Originals of a test lie in its own folder."""
    monkeypatch.setattr(settings, "LIANZHANG_HOME", tmp_path)
    return tmp_path


@pytest.fixture
def chain(db: Any) -> Chain:
    """The overall chain, with all of the pack beside it."""
    load_pack("liaocheng")
    return Chain.objects.get(pk="equipment")


@pytest.fixture
def officer(chain: Chain, actor: Callable[..., Actor]) -> Actor:
    """Somebody of the office of that chain."""
    return actor(Role.chain_officer)


def make_document(
    chain: Chain, *, text: str = TEXT, published: str = "2025-08-15", **columns: Any
) -> Document:
    """A bulletin that has been read."""
    person = columns.pop("uploaded_by", None) or make_person(Role.chain_officer)
    columns.setdefault("sha256", f"{Document.objects.count():064x}")
    return Document.objects.create(
        name="通报.txt",
        size=len(text.encode()),
        encoding="UTF-8",
        format="txt",
        script="simplified",
        published=published,
        text=text,
        state=columns.pop("state", Document.State.REVIEW),
        uploaded_by=person,
        chain=chain,
        **columns,
    )


def make_claim(document: Document, quote: str, **columns: Any) -> Claim:
    """A claim on the first place where `quote` stands. Numbers may be given as text."""
    start = document.text.index(quote)
    for name in ("value", "low", "high", "change_pct", "change_low", "change_high"):
        if isinstance(columns.get(name), str | int):
            columns[name] = Decimal(columns[name])
    columns.setdefault("subject", SUBJECT)
    columns.setdefault("indicator", "营业收入")
    columns.setdefault("kind", "metric")
    columns.setdefault("certainty", "sure")
    return Claim.objects.create(
        document=document,
        ordinal=document.claims.count(),
        start=start,
        end=start + len(quote),
        quote=quote,
        **columns,
    )


@pytest.fixture
def document(chain: Chain) -> Document:
    """A bulletin with four claims: two sure ones, an unsure one, a damaged one."""
    found = make_document(
        chain,
        damaged=[
            {
                "start": TEXT.index("??鲜"),
                "end": TEXT.index("338.8"),
                "text": "??鲜毓ど习肽瓿隹?",
                "reason": {"zh": "文字错位", "en": "shifted bytes"},
                "suggestion": "肯石重工上半年出口",
            }
        ],
    )
    make_claim(
        found, "2024年全市装备制造产业实现营业收入318.4亿元,增速7.1%", value="318.4", unit="亿元",
        qualifier="exact", change_pct="7.1", change_qualifier="exact", period="2024",
    )  # fmt: skip
    make_claim(
        found, "国家级小巨人企业12家", indicator="国家级专精特新“小巨人”企业数", kind="title_count",
        value=12, unit="家", qualifier="exact", period="2025-08-15", title="小巨人", level="国家级",
    )  # fmt: skip
    make_claim(
        found, "今年一季度,时风集团外贸累计增长97%", subject="时风集团", indicator="外贸累计",
        change_pct=97, change_qualifier="exact", period="2025Q1", certainty="unsure",
        doubts=[{"zh": "主体由上文带出", "en": "the subject is carried over"}],
    )  # fmt: skip
    make_claim(
        found, "??鲜毓ど习肽瓿隹?338.8万元,同比增长5%", subject="", subject_hint="肯石重工",
        indicator="出口额", unit="万元", change_pct=5, change_base="同比", change_qualifier="exact",
        period="2025H1", certainty="damaged", damaged=True,
        reason={"zh": "数字前可能少一位", "en": "a digit may be missing"},
    )  # fmt: skip
    return found


@pytest.fixture
def browser(chain: Chain, person: Callable[..., Person], signed_in: Callable[..., Client]) -> Client:
    """A browser in which an officer of the chain's office is signed in."""
    return signed_in(person(Role.chain_officer))


@pytest.fixture
def nothing_in_the_background(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read when a test says so and not by a thread."""
    monkeypatch.setattr("lianzhang.web.bulletins.background.enqueue", lambda document_id: None)
