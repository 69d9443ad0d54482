"""One writer at a time, across threads and processes.

SQLite 3.7.0 to 3.51.2 can lose commits or damage the file when two connections write and checkpoint at the
same moment (its WAL-reset bug). Below the fixed versions every write therefore happens under this lock.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from django.db.utils import OperationalError
from filelock import FileLock, Timeout

from lianzhang.kernel import Text

#: First fixed versions: of the main line, and of the lines that got the fix as a backport.
_FIXED = (3, 51, 3)
_FIXED_BACKPORTS = ((3, 50, 7), (3, 44, 6))


def needs_one_writer(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the WAL-reset bug."""
    if version >= _FIXED:
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in _FIXED_BACKPORTS)


class WriterBusy(OperationalError):
    """Somebody else has been writing for longer than we are willing to wait."""

    def __init__(self, seconds: float) -> None:
        self.what = Text(
            f"数据库正由另一个程序写入，等待 {seconds:g} 秒仍未空出；本次没有保存任何内容。",
            f"Another program kept writing to the database for {seconds:g} seconds; nothing was saved.",
        )
        self.remedy = Text(
            "请稍后重试。若持续如此，请检查是否启动了两个链长服务；多进程部署请改用 PostgreSQL。",
            "Try again shortly. If it goes on, look for a second running server; use PostgreSQL for several.",
        )
        super().__init__(self.what.zh + self.remedy.zh)


class Writer:
    """The right to write to one database file. It is no re-entrant lock: one connection takes it once."""

    def __init__(self, database: Path) -> None:
        self._among_threads = threading.Lock()
        # thread_local=False: the threads of this process are kept apart by the lock above.
        self._among_processes = FileLock(f"{database}.writer", thread_local=False, mode=0o600)

    def take(self, seconds: float) -> None:
        """Wait for the right to write. Raises WriterBusy after `seconds`."""
        until = time.monotonic() + seconds
        if not self._among_threads.acquire(timeout=seconds):
            raise WriterBusy(seconds)
        try:
            self._among_processes.acquire(timeout=max(0.0, until - time.monotonic()), poll_interval=0.01)
        except Timeout as error:
            self._among_threads.release()
            raise WriterBusy(seconds) from error
        except BaseException:
            self._among_threads.release()
            raise

    def give_back(self) -> None:
        """Let the next one write."""
        self._among_processes.release()
        self._among_threads.release()


_writers: dict[str, Writer] = {}
_registry = threading.Lock()


def writer_of(database: str | Path) -> Writer:
    """The one writer right of a database file in this process."""
    path = Path(database).resolve()
    with _registry:
        return _writers.setdefault(str(path), Writer(path))
