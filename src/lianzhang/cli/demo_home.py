"""The data folder of a demonstration: always fresh, always marked, never a real one."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lianzhang import __version__
from lianzhang.cli.installation import make_home
from lianzhang.cli.serving import LOCK, NOTE, Address, only_server
from lianzhang.kernel.errors import SettingsError
from lianzhang.kernel.text import Text

#: Its presence says that everything beside it may be thrown away.
MARKER = "lianzhang-demo.json"
KEPT = {MARKER, LOCK, NOTE}


@contextmanager
def demo_home(wanted: Path | None, address: Address) -> Iterator[Path]:
    """A fresh folder for one demonstration, held by it alone.

    Without a wish it is a temporary one and is removed at the end. A wished folder must be new, empty, or
    of an earlier demonstration, whose content is then removed; anything else raises `SettingsError`.
    """
    if wanted is None:
        with tempfile.TemporaryDirectory(prefix="lianzhang-demo-", ignore_cleanup_errors=True) as folder:
            yield mark(Path(folder))
        return
    home = wanted.expanduser()
    refuse_real_home(home)
    make_home(home)
    with only_server(home, address):
        yield mark(home)


def refuse_real_home(home: Path) -> None:
    """Raise `SettingsError` unless the folder is absent, empty or marked as a demonstration's."""
    if home.exists() and not home.is_dir():
        raise SettingsError(
            Text(f"{home} 不是文件夹。", f"{home} is no folder."),
            Text("请用 --home 另选一个。", "Choose another with --home."),
        )
    if home.is_dir() and any(home.iterdir()) and not (home / MARKER).is_file():
        raise SettingsError(
            Text(
                f"{home} 里已有内容，而且不是演示留下的。演示会清空它的数据文件夹，因此拒绝使用。",
                f"{home} holds something that no demonstration left there. A demonstration empties its data "
                "folder, so it refuses this one.",
            ),
            Text(
                "请用 --home 指定一个新的或空的文件夹，或不带 --home。",
                "Name a new or empty folder with --home, or leave --home out.",
            ),
        )


def mark(home: Path) -> Path:
    """Remove what an earlier demonstration left and write the marker."""
    (home / MARKER).write_text(json.dumps({"demo": __version__}) + "\n", encoding="utf-8")
    for item in home.iterdir():
        if item.name in KEPT:
            continue
        if item.is_dir() and not item.is_symlink():
            shutil.rmtree(item)
        else:
            item.unlink()
    return home
