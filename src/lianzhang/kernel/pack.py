"""Packs: everything about one city that is data, kept as YAML that officials can read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from lianzhang.kernel.errors import PackError
from lianzhang.kernel.text import Text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Pack:
    """One pack folder. Files are read lazily; every error names file and line."""

    id: str
    root: Traversable

    def read_yaml(self, path: str) -> Any:
        """The content of one YAML file of the pack; raises `PackError` with file and line."""
        try:
            return yaml.load(self.read_text(path), Loader=_Loader)  # noqa: S506 - a safe loader
        except yaml.reader.ReaderError as error:
            raise PackError(
                Text(
                    f"数据包文件 {self.id}/{path} 含有不能用的字符（第{error.position + 1}个字符）。",
                    f"Pack file {self.id}/{path} has a character that cannot stand there "
                    f"(character {error.position + 1}).",
                ),
                Text("请删去该字符。", "Remove that character."),
            ) from error
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise PackError(
                Text(
                    f"数据包文件 {self.id}/{path} 第{line}行格式有误：{error.problem}。",
                    f"Pack file {self.id}/{path}, line {line}, is malformed: {error.problem}.",
                ),
                Text("请按YAML格式改正该行。", "Correct that line; the format is YAML."),
            ) from error

    def read_text(self, path: str) -> str:
        """The text of one file of the pack."""
        try:
            return self.root.joinpath(*path.split("/")).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise PackError(
                Text(
                    f"数据包文件 {self.id}/{path} 不是UTF-8编码。",
                    f"Pack file {self.id}/{path} is not UTF-8.",
                ),
                Text("请另存为UTF-8。", "Save it as UTF-8."),
            ) from error
        except (FileNotFoundError, IsADirectoryError) as error:
            raise PackError(
                Text(f"数据包 {self.id} 中没有文件 {path}。", f"Pack {self.id} has no file {path}."),
                Text(
                    "请补上该文件；新数据包可用 lianzhang pack new 建。",
                    "Add the file; `lianzhang pack new` begins a pack with what it needs.",
                ),
            ) from error

    def has(self, path: str) -> bool:
        """Whether the pack has this file."""
        return self.root.joinpath(*path.split("/")).is_file()

    def files(self, folder: str, suffix: str = ".yaml") -> tuple[str, ...]:
        """Paths of the files in one folder of the pack, sorted."""
        place = self.root.joinpath(*folder.split("/"))
        if not place.is_dir():
            return ()
        return tuple(
            sorted(f"{folder}/{item.name}" for item in place.iterdir() if item.name.endswith(suffix))
        )


@lru_cache(maxsize=8)
def open_pack(pack_id: str) -> Pack:
    """The pack bundled under this id; raises `PackError` when there is none."""
    root = resources.files("lianzhang").joinpath("packs", pack_id)
    if not root.is_dir():
        raise PackError(
            Text(f"没有名为“{pack_id}”的数据包。", f"There is no pack called “{pack_id}”."),
            Text("可用 liaocheng 或 demo。", "Use liaocheng or demo."),
        )
    return Pack(pack_id, root)


def required(mapping: Mapping[str, Any], key: str, where: str) -> Any:
    """`mapping[key]`, or a `PackError` that says which key is missing where."""
    try:
        return mapping[key]
    except KeyError as error:
        raise PackError(Text(f"{where} 缺少“{key}”。", f"{where} lacks “{key}”.")) from error
