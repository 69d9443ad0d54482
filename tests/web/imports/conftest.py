"""Tables for these tests, brought through the same door as everywhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from lianzhang.casework import Actor, Role
from lianzhang.web.imports import background
from lianzhang.web.imports.actions.commit import confirm
from lianzhang.web.imports.actions.receive import receive
from lianzhang.web.imports.actions.see_through import see_through
from lianzhang.web.imports.models import Batch
from tests.tables.books import code, csv

HEAD = [
    "统一社会信用代码",
    "企业名称",
    "县区",
    "注册资本（万元）",
    "成立日期",
    "登记状态",
    "主要产品",
    "联系人",
    "联系电话",
]


def rows(count: int, *, start: int = 1) -> list[list[str]]:
    """Good rows."""
    return [
        [
            code(i), f"样例{i}号机械有限公司", "高唐县", str(i * 100), "2012/5/18",
            "存续", "拖拉机;柴油机", "张三", "13800000000",
        ]
        for i in range(start, start + count)
    ]  # fmt: skip


def table(*lines: list[str], head: list[str] = HEAD) -> bytes:
    """A CSV file."""
    return csv([head, *lines])


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of a test lie in its own folder, and nothing is done behind its back."""
    monkeypatch.setattr(settings, "LIANZHANG_HOME", tmp_path)
    monkeypatch.setattr(background, "enqueue", lambda batch_id: None)
    return tmp_path


@pytest.fixture
def officer(actor: Callable[..., Actor]) -> Actor:
    """Somebody of the chain office."""
    return actor(Role.chain_officer)


def previewed(actor: Actor, content: bytes, *, kind: str = "enterprises", **named: Any) -> Batch:
    """A batch that has been looked through."""
    batch = receive(actor, content, kind=kind, name="名录.csv", in_background=False, **named)
    return see_through(batch.pk)


def imported(actor: Actor, content: bytes, *, kind: str = "enterprises", **named: Any) -> Batch:
    """A batch that has been written."""
    batch = previewed(actor, content, kind=kind, **named)
    assert batch.state == Batch.State.PREVIEW, batch.failure
    confirm(actor, batch.pk, version=batch.version, in_background=False)
    return see_through(batch.pk)


def counts(batch: Batch) -> dict[str, int]:
    """The five counts."""
    return dict((batch.preview or {})["counts"])
