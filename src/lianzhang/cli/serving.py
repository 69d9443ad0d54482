"""Serve the site from one process: one web worker with a few threads, and nothing else that writes."""

from __future__ import annotations

import errno
import ipaddress
import json
import multiprocessing
import os
import socket
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from lianzhang.cli.speech import say
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

#: Requests handled at once; a page spends its time in the database, which writes one by one anyway.
THREADS = 8
#: Seconds to wait for the first answer before the browser is opened, and for open requests when stopping.
PATIENCE = 30
#: Files in the data folder that say who serves it.
LOCK, NOTE = "server.lock", "server.json"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the site listens."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The address to type into a browser on this machine."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - shown, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"

    @property
    def is_private(self) -> bool:
        """True when only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def require_free(address: Address) -> None:
    """Raise `LianzhangError` when something already listens there or the address is not ours."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                what = Text(f"端口 {address.port} 已被占用。", f"Port {address.port} is already in use.")
            else:
                what = Text(
                    f"不能在 {address.host}:{address.port} 提供服务（{error.strerror}）。",
                    f"Cannot serve on {address.host}:{address.port} ({error.strerror}).",
                )
            remedy = Text("请用 --port 换一个端口，例如 8765。", "Choose another with --port, such as 8765.")
            raise LianzhangError(what, remedy) from error


@contextmanager
def only_server(home: Path, address: Address) -> Iterator[None]:
    """Hold the data folder for this server: an SQLite file bears one writing program at a time."""
    lock = FileLock(home / LOCK)
    note = home / NOTE
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise LianzhangError(
            Text(
                f"数据文件夹 {home} 正由另一个 lianzhang 使用{_who(note).zh}。",
                f"The data folder {home} is in use by another lianzhang{_who(note).en}.",
            ),
            Text(
                "请用它，或先停止它；要同时运行多个，请用 --database 指定 PostgreSQL。",
                "Use that one or stop it first; to run several, name a PostgreSQL database with --database.",
            ),
        ) from error
    try:
        note.write_text(json.dumps({"pid": os.getpid(), "url": address.url}), encoding="utf-8")
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _who(note: Path) -> Text:
    try:
        seen = json.loads(note.read_text(encoding="utf-8"))
        return Text(f"（进程 {seen['pid']}，{seen['url']}）", f" (process {seen['pid']}, {seen['url']})")
    except (OSError, ValueError, KeyError):
        return Text("", "")


def serve(address: Address, *, open_browser: bool) -> None:
    """Serve until Ctrl-C or a termination signal; open requests are answered first."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Threads that each hoard what a large table took would keep a laptop's memory; read by the worker as it starts.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    os.environ.setdefault("MALLOC_TRIM_THRESHOLD_", "131072")
    # A forked worker would inherit open database connections; a fresh one has its own.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "lianzhang.cli.worker:application",
        address=address.host,
        port=address.port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=PATIENCE,
        respawn_failed_workers=True,
    )
    if open_browser:
        threading.Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    with suppress(KeyboardInterrupt):
        server.serve()
    say(Text("已停止。", "Stopped."))


def _open_when_ready(address: Address) -> None:
    deadline = time.monotonic() + PATIENCE
    host = "127.0.0.1" if address.host in {"0.0.0.0", "::"} else address.host  # noqa: S104 - compared only
    while time.monotonic() < deadline:
        try:
            with socket.create_connection((host, address.port), timeout=1):
                webbrowser.open(address.url)
                return
        except OSError:
            time.sleep(0.2)
