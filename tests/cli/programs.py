"""Run the command as a user would: another process, its own data folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(folder: Path, language: str = "zh_CN.UTF-8") -> dict[str, str]:
    """Surroundings without any setting of this machine; the user's own folder is `folder`."""
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "SYSTEMROOT", "TMPDIR"}}
    return kept | {"HOME": str(folder), "LANG": language, "PYTHONPATH": str(ROOT / "src")}


def command(*arguments: str) -> list[str]:
    """`lianzhang …` of this checkout."""
    return [sys.executable, "-m", "lianzhang.cli.main", *arguments]


def lianzhang(
    folder: Path,
    *arguments: str,
    language: str = "zh_CN.UTF-8",
    text: str = "",
    settings: dict[str, str] | None = None,
    seconds: float = 120,
) -> subprocess.CompletedProcess[str]:
    """Run to the end and give back what was printed."""
    return subprocess.run(
        command(*arguments),
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=seconds,
        check=False,
        cwd=folder,
        env=environment(folder, language) | (settings or {}),
    )


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
