"""docs/packs.md is followed to the letter: what it tells an official to write and to run works."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from lianzhang.cli.main import run

PAGE = (Path(__file__).parents[2] / "docs" / "packs.md").read_text("utf-8")


@pytest.fixture
def followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    """The page done step by step in an empty folder; what each command printed."""
    monkeypatch.chdir(tmp_path)
    printed = []
    for kind, block in re.findall(r"```(sh|yaml)\n(.*?)```", PAGE, re.DOTALL):
        if kind == "yaml":
            name = re.match(r"# file: (\S+)\n", block)
            assert name, block
            file = tmp_path / name[1]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block, "utf-8")
            continue
        for line in block.splitlines():
            program, *words = shlex.split(line)
            assert program == "lianzhang"
            assert run(words) == 0, (line, capsys.readouterr().err)
            printed.append(capsys.readouterr().out)
    return printed


def test_the_page_ends_with_the_verdict_it_promises(followed: list[str]) -> None:
    _, checked, judged = followed
    assert "没有错误" in checked and "样例7个" in checked
    assert "未知" in judged and "revenue_ly" in judged


def altered(old: str, new: str) -> str:
    """A copy of the pack with one slip in its rule; packs are read once in a process."""
    shutil.copytree("jining", "altered")
    rule = Path("altered/policies/first-loan.yaml")
    rule.write_text(rule.read_text("utf-8").replace(old, new), "utf-8")
    return "altered"


def test_a_case_that_turns_out_otherwise_is_a_fault(
    followed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["pack", "check", altered("at_most: 300", "less_than: 300")]) == 1
    said = capsys.readouterr().err
    assert "cases/first-loan.yaml" in said and "两个数都恰在边界" in said


def test_a_text_changed_by_a_slip_is_named_with_its_line(
    followed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["pack", "check", altered("unit: 人", "unit: 万元")]) == 1
    assert re.search(r"policies/first-loan.yaml 第\d+行", capsys.readouterr().err)
