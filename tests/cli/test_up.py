"""`lianzhang up`: one process serves, the administrators get their links once, Ctrl-C ends it cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cli.programs import command, environment, free_port, lianzhang

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent the POSIX way")
START = 60.0


def wait_until_answered(url: str, process: subprocess.Popen[str]) -> str:
    """The first page, as soon as the server gives it."""
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(url, timeout=10) as response:
                return str(response.read().decode("utf-8"))
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.2)
    raise AssertionError("no answer in time")


def test_a_first_start_serves_and_a_second_one_on_the_same_data_is_refused(tmp_path: Path) -> None:
    home, port = tmp_path / "city", free_port()
    arguments = ["up", "--home", str(home), "--port", str(port), "--no-browser"]
    process = subprocess.Popen(
        command(*arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=environment(tmp_path),
        cwd=tmp_path,
        start_new_session=True,
    )
    try:
        page = wait_until_answered(f"http://127.0.0.1:{port}/", process)
        second = lianzhang(tmp_path, "up", "--home", str(home), "--port", str(free_port()), "--no-browser")
    finally:
        process.send_signal(signal.SIGINT)
        printed, complaints = process.communicate(timeout=60)
    assert "链长" in page
    assert second.returncode == 1
    assert "另一个 lianzhang" in second.stderr
    assert str(port) in second.stderr
    assert process.returncode == 0
    assert printed.count(f"http://127.0.0.1:{port}/") == 4  # three links and the address
    assert "已停止" in printed
    assert complaints == ""
    assert (home / "secret.key").stat().st_mode & 0o077 == 0
    assert (home / "lianzhang.sqlite3").stat().st_mode & 0o077 == 0
    checked = lianzhang(tmp_path, "check", "--home", str(home))
    assert checked.returncode == 0, checked.stdout
    assert "最新" in checked.stdout


def test_listening_for_others_without_a_name_is_refused(tmp_path: Path) -> None:
    done = lianzhang(tmp_path, "up", "--host", "0.0.0.0", "--home", str(tmp_path / "city"), "--no-browser")
    assert done.returncode == 1
    assert "LIANZHANG_HOSTS" in done.stderr
    assert not (tmp_path / "city").exists()


def test_a_database_out_of_reach_is_named_with_the_way_out(tmp_path: Path) -> None:
    address = f"postgres://lianzhang:secret@127.0.0.1:{free_port()}/lianzhang"
    done = lianzhang(tmp_path, "up", "--database", address, "--home", str(tmp_path / "city"), "--no-browser")
    assert done.returncode == 1
    assert "PostgreSQL" in done.stderr or "数据库" in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_database_address_is_explained(tmp_path: Path) -> None:
    done = lianzhang(tmp_path, "up", "--database", "mysql://x", "--home", str(tmp_path / "c"), "--no-browser")
    assert done.returncode == 1
    assert "postgres://" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    done = lianzhang(tmp_path, "up", "--home", str(tmp_path / "file" / "city"), "--no-browser")
    assert done.returncode == 1
    assert "--home" in done.stderr
