"""Where the commands of the registry work: the installation, the files they read and write."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianzhang.cli.speech import help_text
from lianzhang.kernel import LianzhangError, Text

if TYPE_CHECKING:
    from lianzhang.casework import Actor

HomeOption = Annotated[
    str,
    typer.Option(
        "--home", metavar="FOLDER", help=help_text("数据文件夹", "the data folder"), show_default=False
    ),
]
DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="URL",
        help=help_text("PostgreSQL 地址", "PostgreSQL address"),
        show_default=False,
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help=help_text("输出一个 JSON 对象", "print one JSON object"))
]


def act(home: str, database: str) -> Actor:
    """Open the installation; whoever may start programs on its machine acts as the chain office."""
    from lianzhang.cli.installation import (
        Installation,
        default_home,
        make_home,
        open_installation,
        prepare_database,
    )

    folder = Path(home).expanduser() if home else default_home()
    make_home(folder)
    open_installation(Installation(folder, database or os.environ.get("LIANZHANG_DATABASE", "")))
    prepare_database()
    from lianzhang.casework import Actor, Role
    from lianzhang.casework.roles import ALL_CHAINS

    return Actor(person_id=None, name="命令行", role=Role.chain_officer, chains=frozenset({ALL_CHAINS}))


def content_of(file: str) -> bytes:
    path = Path(file)
    if path.is_dir():
        raise LianzhangError(
            Text(f"“{file}”是文件夹。", f"“{file}” is a folder."),
            Text("请指定其中一份表。", "Name one table in it."),
        )
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise LianzhangError(
            Text(f"没有文件“{file}”。", f"There is no file “{file}”."),
            Text("请核对路径和文件名。", "Check the path and the name."),
        ) from error
    except OSError as error:
        raise LianzhangError(
            Text(f"打不开“{file}”（{error.strerror}）。", f"“{file}” cannot be opened ({error.strerror})."),
            Text("请核对读取权限。", "Check that you may read it."),
        ) from error


def check_out(out: str) -> None:
    """Refuse a place for the result before any work is done."""
    if out and not out.lower().endswith((".xlsx", ".csv")):
        raise LianzhangError(
            Text(f"“{out}”的后缀不是 .xlsx 或 .csv。", f"“{out}” ends in neither .xlsx nor .csv."),
            Text("请换一个文件名。", "Choose another file name."),
        )
    if out and not Path(out).resolve().parent.is_dir():
        raise LianzhangError(
            Text(
                f"没有文件夹“{Path(out).resolve().parent}”。",
                f"There is no folder “{Path(out).resolve().parent}”.",
            ),
            Text("请先建好文件夹。", "Make the folder first."),
        )


def write(out: str, content: bytes) -> None:
    """Write a whole file or none."""
    path = Path(out)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise LianzhangError(
            Text(f"写不了“{out}”（{error.strerror}）。", f"“{out}” cannot be written ({error.strerror})."),
            Text("请核对文件夹和权限。", "Check the folder and its permissions."),
        ) from error


def print_json(told: dict[str, Any]) -> None:
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
