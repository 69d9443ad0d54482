"""Journey J4 as an officer walks it in Chromium: 20,000 rows × 20 columns, 37 of them bad.

    pip install -e .[test] ; python benchmarks/import_journey.py [--rows 20000] [--chromium /usr/bin/chromium]

The product's own server runs in a process of its own on SQLite. The officer drops the workbook, sees the preview,
has the good rows written, takes the 37 home, brings the corrected file, and undoes it. Checked before a number is
printed: exactly the 37 planted rows are reported, none wrongly, and the second file brings exactly 37 new ones.
Memory is the peak of the largest server process by the kernel's count (VmHWM), and beside it that of the confined
reader, which lives for a moment only; what the server had in hand before the first file is shown too. While the
batch is written somebody else opens the list of enterprises again and again; the 95th part of a hundred is shown.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY)]

PATIENCE = 600_000
GOALS = {"preview, s": 10, "commit, s": 30, "peak of the server, MiB": 300, "clicks": 6}


class Peaks:
    """The largest memory that each process below one has held, looked at ten times a second."""

    def __init__(self, root: int) -> None:
        self.root, self.server, self.reader, self._on = root, 0.0, 0.0, True
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._on = False
        self._thread.join()

    def _watch(self) -> None:
        while self._on:
            for process in descendants(self.root):
                held, command = held_by(process)
                if "sandbox" in command:
                    self.reader = max(self.reader, held)
                else:
                    self.server = max(self.server, held)
            time.sleep(0.1)


def descendants(root: int) -> list[int]:
    """The process and all below it."""
    found = [root]
    for process in found:
        for task in Path(f"/proc/{process}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split() if int(child) not in found]
            except OSError:
                continue
    return found


def cpu_of(root: int) -> float:
    """Processor seconds of the process and all below it: what a busy machine does not change."""
    ticks = 0
    for process in descendants(root):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += sum(int(number) for number in fields[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def held_by(process: int) -> tuple[float, str]:
    """MiB at the peak, and the command."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
        command = (
            Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        )
    except OSError:
        return 0.0, ""
    peak = next((line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")), "0")
    return int(peak) / 1024, command


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, dict[str, str], int]]:
    """The product at an address, the passwords, the process."""
    from tests.journeys.conftest import SERVER
    from tests.journeys.days import MADE_UP

    program = folder / "server.py"
    program.write_text(SERVER, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src"), "LIANZHANG_DATABASE": ""}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    server = subprocess.Popen(
        [sys.executable, str(program), str(folder / "data"), str(port), MADE_UP],
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        passwords = json.loads(server.stdout.readline())
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield address, passwords, server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)


class Other:
    """Somebody who goes on working meanwhile: opens the list of enterprises until told to stop."""

    def __init__(self, page: Any, address: str) -> None:
        cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
        self._asked = urllib.request.Request(  # noqa: S310 - our own server
            f"{address}/enterprises/", headers={"Cookie": cookies}
        )
        self.times: list[float] = []
        self._on = True
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """Milliseconds that 95 of 100 pages took at most."""
        self._on = False
        self._thread.join()
        return sorted(self.times)[int(len(self.times) * 0.95)] * 1000 if self.times else 0.0

    def _work(self) -> None:
        while self._on:
            begun = time.monotonic()
            with urllib.request.urlopen(self._asked, timeout=60) as answer:  # noqa: S310 - our own server
                answer.read()
            self.times.append(time.monotonic() - begun)
            time.sleep(0.2)


def walk(page: Any, folder: Path, rows: int, address: str, watched: Peaks) -> dict[str, float]:
    """The whole journey; ends the benchmark where a count is wrong."""
    from tests.tables.planted import workbook

    planted = workbook(rows)
    first, second = folder / "企业名录.xlsx", folder / "改好.xlsx"
    first.write_bytes(planted.content)
    second.write_bytes(planted.corrected)
    found: dict[str, float] = {"before the first file, MiB": watched.server}
    clicks = 0

    def bring(file: Path) -> float:
        nonlocal clicks
        page.goto("/imports/")
        page.set_input_files("#id_file", file)
        begun = time.monotonic()
        page.locator("button[data-once]").click()
        clicks += 3
        page.wait_for_selector("[data-count]", timeout=PATIENCE)
        return time.monotonic() - begun

    found["preview, s"] = bring(first)
    expect(counts(page), {"new": rows - 37, "errors": 37})
    said = {int(text) for text in page.locator("section[aria-labelledby=faults] tbody th").all_inner_texts()}
    expect(said, set(planted.truth))
    other, begun, spent = Other(page, address), time.monotonic(), cpu_of(watched.root)
    page.locator("button[data-commit]").click()
    page.get_by_text("已入库").first.wait_for(timeout=PATIENCE)
    found["commit, s"] = time.monotonic() - begun
    found["commit and the other's pages, CPU s"] = cpu_of(watched.root) - spent
    found["another's page meanwhile, p95 ms"] = other.stop()
    found["clicks"] = clicks + 1
    found["after the first file, MiB"] = watched.server
    found["preview of the corrected file, s"] = bring(second)
    expect(counts(page), {"new": 37, "unchanged": rows - 37, "errors": 0})
    page.locator("button[data-commit]").click()
    page.get_by_text("全部处理完毕").wait_for(timeout=PATIENCE)
    begun = time.monotonic()
    page.get_by_role("button", name="整批撤销").click()
    page.get_by_text("这批已整批撤销").wait_for(timeout=PATIENCE)
    found["undo of the 37, s"] = time.monotonic() - begun
    found["peak of the server, MiB"], found["peak of the confined reader, MiB"] = (
        watched.server,
        watched.reader,
    )
    return found


def counts(page: Any) -> dict[str, int]:
    """The counts as the page shows them."""
    return {
        item.get_attribute("data-count"): int(item.locator(".counts__number").inner_text())
        for item in page.locator("[data-count]").all()
    }


def expect(found: Any, wanted: Any) -> None:
    """Stop where a count is not what was planted."""
    if isinstance(wanted, dict):
        found = {name: found.get(name) for name in wanted}
    if found != wanted:
        sys.exit(f"found {found}, planted {wanted}")


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--chromium", default="/usr/bin/chromium")
    chosen = options.parse_args()
    from playwright.sync_api import sync_playwright

    with (
        tempfile.TemporaryDirectory() as name,
        served(Path(name)) as (address, passwords, process),
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chosen.chromium, args=["--no-sandbox"])
        page = browser.new_context(base_url=address, locale="zh-CN").new_page()
        page.goto("/login/")
        page.fill("#id_username", "officer")
        page.fill("#id_password", passwords["officer"])
        page.locator("main form button").click()
        page.wait_for_url(lambda url: "/login" not in url)
        watched = Peaks(process)
        time.sleep(0.5)
        found = walk(page, Path(name), chosen.rows, address, watched)
        watched.stop()
        browser.close()
    print(f"J4, {chosen.rows:,} rows × 20 columns, exactly 37 reported")
    for what, value in found.items():
        wanted = GOALS.get(what)
        mark = "" if wanted is None else f"  (goal ≤ {wanted}: {'met' if value <= wanted else 'NOT MET'})"
        print(f"  {what:40}{value:>10.1f}{mark}")


if __name__ == "__main__":
    main()
