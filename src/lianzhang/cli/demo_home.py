"""The data folder of a demonstration: always fresh, always marked, never a real one."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lianzhang import __version__
from lianzhang.kernel.errors import SettingsError
from lianzhang.kernel.text import Text

#: Its presence says that everything beside it may be thrown away.
MARKER = "lianzhang-demo.json"


@contextmanager
def demo_home(wanted: Path | None) -> Iterator[Path]:
    """A fresh folder for one demonstration.

    Without a wish it is a temporary one and is removed at the end. A wished folder must be new, empty, or of an
    earlier demonstration, whose content is then removed; anything else raises `SettingsError`.
    """
    if wanted is None:
        with tempfile.TemporaryDirectory(prefix="lianzhang-demo-", ignore_cleanup_errors=True) as folder:
            yield mark(Path(folder))
        return
    home = wanted.expanduser()
    refuse_real_home(home)
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
    """Empty the folder and mark it."""
    if home.is_dir():
        for item in home.iterdir():
            if item.name != MARKER:
                shutil.rmtree(item) if item.is_dir() and not item.is_symlink() else item.unlink()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / MARKER).write_text(json.dumps({"demo": __version__}) + "\n", encoding="utf-8")
    return home
