"""`lianzhang assets`: are the browser files that the package carries all there and unchanged?"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable

import typer

from lianzhang.cli.speech import LanguageOption, help_text, language
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

HELP = help_text("随包的网页文件", "the browser files that come with the package")

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

MISSING = Text("缺失", "missing")
CHANGED = Text("内容有变", "changed")
INTACT = Text("完好", "intact")
REMEDY = Text(
    "请重新安装（pip install --force-reinstall --no-deps lianzhang），或在源码目录重新执行 pip install .。",
    "Install again (pip install --force-reinstall --no-deps lianzhang), "
    "or run pip install . in the source folder.",
)


@dataclass(frozen=True, slots=True)
class AssetState:
    """One carried file and whether it still has the content it was packed with."""

    name: str
    state: Text


def vendor_folder() -> Traversable:
    """Where third-party browser files lie inside the package."""
    return resources.files("lianzhang").joinpath("web", "static", "vendor")


def asset_states(folder: Traversable | None = None) -> tuple[AssetState, ...]:
    """The state of every file named in MANIFEST.json. Raises `LianzhangError` when there is no list."""
    folder = folder or vendor_folder()
    try:
        manifest = json.loads(folder.joinpath("MANIFEST.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise LianzhangError(
            Text(
                "没有网页图表文件的清单 MANIFEST.json。",
                "MANIFEST.json, the list of browser files, is missing.",
            ),
            REMEDY,
        ) from error
    return tuple(AssetState(name, _state(folder, name, sha256)) for name, sha256 in manifest["files"].items())


def _state(folder: Traversable, name: str, sha256: str) -> Text:
    try:
        content = folder.joinpath(*name.split("/")).read_bytes()
    except FileNotFoundError:
        return MISSING
    return INTACT if hashlib.sha256(content).hexdigest() == sha256 else CHANGED


@app.command(
    "check", help=help_text("逐个核对网页文件的 SHA-256", "compare each browser file with its SHA-256")
)
def check(language_option: LanguageOption = "") -> None:
    """Print the state of each carried file; fail when one is missing or changed."""
    states = asset_states()
    for asset in states:
        print(f"{asset.name}: {asset.state.say(language())}")
    bad = [asset.name for asset in states if asset.state is not INTACT]
    if bad:
        raise LianzhangError(
            Text(f"{len(bad)}个网页文件有问题。", f"{len(bad)} browser files are not as packed."), REMEDY
        )


@app.callback()
def assets() -> None:
    """Keeps `check` a command of its own name."""
