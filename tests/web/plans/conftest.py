"""The chains of the bundled city, an officer of a county and one of the chain office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from lianzhang.casework import Actor, Role
from lianzhang.web.chains.actions import load_pack

PAPER = {"evidence": "冠县政办发〔2025〕3号", "evidence_on": date(2025, 6, 1)}


@pytest.fixture
def pack(db: Any) -> None:
    """Chains, counties and maps."""
    load_pack("liaocheng")


@pytest.fixture
def guanxian(pack: None, actor: Callable[..., Actor]) -> Actor:
    """An officer of the county 冠县."""
    return actor(Role.county_officer, region_code="371525")


@pytest.fixture
def office(pack: None, actor: Callable[..., Actor]) -> Actor:
    """An officer of the chain office."""
    return actor(Role.chain_officer)
