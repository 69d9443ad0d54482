"""The chains of the bundled city."""

from __future__ import annotations

from typing import Any

import pytest

from lianzhang.web.chains.actions import load_pack


@pytest.fixture
def pack(db: Any) -> None:
    """Chains, counties and maps."""
    load_pack("liaocheng")
