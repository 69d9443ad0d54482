"""`lianzhang journal` in a process of its own, on a data folder of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

FILL = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.db import transaction
from lianzhang.casework import PROGRAM
from lianzhang.web.journal.actions.record import record
with transaction.atomic():
    for number in range(6):
        record(PROGRAM, "claim.accept", f"claim:{number}")
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("journal")
    subprocess.run([sys.executable, "-c", FILL], env=surroundings(folder), check=True)
    return folder


def surroundings(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "LIANZHANG_DATABASE"}
    paths = os.pathsep.join(path for path in sys.path if path)
    return kept | {
        "LIANZHANG_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "lianzhang.web.settings.laptop",
        "PYTHONPATH": paths,
        "LANG": "zh_CN.UTF-8",
    }


def journal(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "lianzhang.cli.main", "journal", *arguments]
    return subprocess.run(command, env=surroundings(home), capture_output=True, encoding="utf-8", check=False)


def test_a_whole_journal_is_said_to_be_whole_and_anchored(home: Path) -> None:
    done = journal(home, "verify")
    assert done.returncode == 0, done.stderr
    assert "操作日志完整：共校验 6 条" in done.stdout
    assert "已记锚点：第 6 条" in journal(home, "anchor").stdout
    assert "没有新的记录" in journal(home, "anchor").stdout
    assert json.loads(journal(home, "verify", "--since", "4", "--json").stdout) == {
        "whole": True,
        "checked": 3,
        "last": 6,
        "break": None,
    }


def test_a_break_is_named_and_the_exit_code_says_so(home: Path) -> None:
    database = sqlite3.connect(home / "lianzhang.sqlite3")
    database.execute("DROP TRIGGER journal_event_no_update")
    database.execute("UPDATE journal_event SET verb = 'claim.drop' WHERE seq = 3")
    database.commit()
    database.close()
    done = journal(home, "verify")
    assert done.returncode == 1
    assert "第 3 条的内容被改动过" in done.stdout
    report = json.loads(journal(home, "verify", "--json").stdout)
    assert (report["break"]["seq"], report["break"]["kind"]) == (3, "altered")


def test_without_a_database_the_command_says_what_to_do(tmp_path: Path) -> None:
    done = journal(tmp_path, "verify")
    assert done.returncode == 1
    assert "lianzhang up" in done.stderr


def test_a_check_cannot_begin_behind_the_end(home: Path) -> None:
    done = journal(home, "verify", "--since", "99")
    assert done.returncode == 1
    assert "请从更小的序号开始" in done.stderr
