"""Running a parser on a stranger's bytes in a process of its own, with memory, time and files held short.

The child sets its limits before it loads anything large, reads the bytes from its input and answers on
its output. On systems without resource limits (Windows) the process and the clock still hold.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MEGABYTE = 1024 * 1024
#: Of the parent's environment, what Python and the loader of shared libraries need.
_KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR", "TEMP")


class Breakdown(StrEnum):
    """How a confined process ended that did not answer."""

    TIME = "time"
    MEMORY = "memory"
    CRASH = "crash"


class BrokeDown(Exception):
    """The confined process gave no answer."""

    def __init__(self, why: Breakdown, code: int) -> None:
        super().__init__(f"{why} ({code})")
        self.why = why
        self.code = code


@dataclass(frozen=True, slots=True)
class Limits:
    """Wall time and processor time in seconds, address space in bytes."""

    seconds: float = 60
    cpu_seconds: int = 30
    memory: int = 1024 * MEGABYTE


def run_confined(module: str, data: bytes, *, arguments: tuple[str, ...] = (), limits: Limits) -> bytes:
    """What `python -m module` answers to `data`; raises `BrokeDown` when it gives none.

    The module calls `confine` first; its arguments begin with the two limits that takes.
    """
    command = [sys.executable, "-P", "-m", module, str(limits.memory), str(limits.cpu_seconds), *arguments]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds, env=_environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise BrokeDown(Breakdown.TIME, 0) from error
    if done.returncode != 0:
        raise BrokeDown(_why(done.returncode, done.stderr), done.returncode)
    return done.stdout


def confine(memory: int, cpu_seconds: int) -> None:
    """Hold this process to its memory and time; it writes no files, dumps no core and starts nothing."""
    try:
        import resource
    except ImportError:
        return
    wanted = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in wanted.items():
        with suppress(ValueError, OSError):  # a system may already hold us shorter, or not know the limit
            resource.setrlimit(kind, (most, most))


def _environment() -> dict[str, str]:
    """A short environment; the package is found where this one was."""
    kept = {key: os.environ[key] for key in _KEPT if key in os.environ}
    package = str(Path(__file__).resolve().parents[2])
    return {
        **kept,
        "PYTHONPATH": package,
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        # One thread is enough for one file, and each costs address space.
        "POLARS_MAX_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _why(code: int, errors: bytes) -> Breakdown:
    """Signals come as negative codes: 24 (XCPU) and 9 for time; allocation failures name themselves."""
    if any(word in errors for word in (b"MemoryError", b"bad_alloc", b"memory allocation", b"out of memory")):
        return Breakdown.MEMORY
    return Breakdown.TIME if code in (-24, -9) else Breakdown.CRASH
