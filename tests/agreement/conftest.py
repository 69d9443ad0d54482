"""Marks for what an engine cannot do: `notimpl` we could, `notyet` its makers must, `never` will not be.

    @pytest.mark.notyet("spark", reason="no …")

A marked test must fail there; once it passes, the mark is to be removed.
"""

from __future__ import annotations

import pytest

from tests.agreement.engines import ENGINES

GAPS = ("notimpl", "notyet", "never")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        engine = getattr(getattr(item, "callspec", None), "params", {}).get("engine")
        for gap in GAPS:
            for mark in item.iter_markers(gap):
                if mark.args[0] not in ENGINES:
                    raise pytest.UsageError(f"{item.nodeid}: no engine is called {mark.args[0]}")
                if mark.args[0] == engine:
                    item.add_marker(pytest.mark.xfail(reason=f"{gap}: {mark.kwargs['reason']}", strict=True))
