"""What every page knows about who is looking."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from lianzhang.casework import ANONYMOUS


def identity(request: HttpRequest) -> dict[str, Any]:
    """`actor`, `holding` (the current post), `holdings` and `delegations` (to switch between)."""
    return {
        "actor": getattr(request, "actor", ANONYMOUS),
        "holding": getattr(request, "holding", None),
        "holdings": getattr(request, "holdings", []),
        "delegations": getattr(request, "delegations", []),
    }
