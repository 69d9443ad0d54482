"""`lianzhang assets check` in words."""

from __future__ import annotations

import pytest

from lianzhang.cli.main import run


def test_the_check_names_each_file_and_succeeds(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["assets", "check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "echarts/echarts.min.js: 完好" in lines or "echarts/echarts.min.js: intact" in lines
