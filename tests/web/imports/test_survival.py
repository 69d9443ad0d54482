"""`kill -9` at any moment of an import: the batch is there as a whole, or not at all.

`LIANZHANG_KILLS=100` kills a hundred times instead of once.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tables.books import code, csv

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("LIANZHANG_KILLS", "1"))
ROWS = 200

pytestmark = [pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX systems")]


def start(home: Path, file: Path) -> subprocess.Popen[bytes]:
    program = "from lianzhang.cli.main import main; main()"
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LIANZHANG_DATABASE": ""}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.Popen(
        [
            *(sys.executable, "-c", program, "registry", "import", str(file)),
            *("--kind", "enterprises", "--home", str(home), "--json"),
        ],
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def batches(home: Path) -> dict[str, int]:
    """Each batch that the database has, and how many enterprises it brought."""
    with sqlite3.connect(f"file:{home / 'lianzhang.sqlite3'}?mode=ro", uri=True) as database:
        found = {row[0]: 0 for row in database.execute("select id from imports_batch")}
        counts = database.execute(
            "select r.batch, count(*) from registry_enterprise e join registry_recording r on r.id = e.recording_id"
            " where r.kind = 'import' group by r.batch"
        )
        found.update(dict(counts))
    database.close()
    return found


def test_a_killed_import_leaves_a_whole_batch_or_none(tmp_path: Path) -> None:
    home, rng = tmp_path / "home", random.Random(9)
    files = []
    for turn in range(KILLS + 1):
        head = ["统一社会信用代码", "企业名称", "注册资本"]
        rows = [[code(turn * ROWS + i), f"样例{turn}之{i}有限公司", str(i)] for i in range(ROWS)]
        file = tmp_path / f"{turn}.csv"
        file.write_bytes(csv([head, *rows]))
        files.append(file)
    with start(home, files[0]) as first:  # prepares the database, too
        assert json.loads(first.communicate(timeout=120)[0])["new"] == ROWS
    begun = time.monotonic()
    with start(home, files[0]) as again:
        again.communicate(timeout=120)
    usual = time.monotonic() - begun
    acknowledged = 1
    for file in files[1:]:
        with start(home, file) as process:
            time.sleep(usual * rng.uniform(0.3, 1.6))
            process.send_signal(signal.SIGKILL)
            said = process.communicate(timeout=120)[0]
        acknowledged += said.endswith(b"}\n")
        whole = {batch: count for batch, count in batches(home).items() if count}
        assert set(whole.values()) == {ROWS}
        assert len(whole) >= acknowledged
    with start(home, files[-1]) as last:  # and the next import finds nothing in its way
        assert json.loads(last.communicate(timeout=120)[0])["error_rows"] == 0
    assert set(batches(home).values()) <= {0, ROWS}
