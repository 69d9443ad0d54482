"""YAML that remembers its lines, so that an error can point at one; hostile files are refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from lianzhang.kernel.errors import PackError
from lianzhang.kernel.text import Text

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

#: A rule file of an official fits a few pages; more is a mistake or an attack.
MOST_CHARACTERS = 1_000_000
MOST_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, as shown in errors."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def refuse(self, what: Text, remedy: Text | None = None) -> PackError:
        """The error to raise about this line: file, line, what is wrong, what to do."""
        return PackError(
            Text(f"{self.file} 第{self.line}行：{what.zh}", f"{self.file}, line {self.line}: {what.en}"),
            remedy,
        )


class LinedMapping(dict[str, Any]):
    """A mapping read from YAML; `place` is its first line, `at(key)` the line of one key."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self._lines: dict[str, int] = {}

    def at(self, key: str) -> Place:
        """Where `key` stands; the mapping itself when it is absent."""
        return Place(self.place.file, self._lines.get(key, self.place.line))

    def put(self, key: str, value: Any, line: int) -> None:
        """Add one pair read at `line`."""
        self[key] = value
        self._lines[key] = line

    def need(self, key: str) -> Any:
        """`self[key]`, or the error that names the missing key."""
        if self.get(key) is None:
            raise self.place.refuse(
                Text(f"缺少“{key}”。", f"“{key}” is missing."), Text(f"请补上“{key}”。", f"Add “{key}”.")
            )
        return self[key]

    def only(self, keys: Sequence[str]) -> None:
        """Refuse keys nobody reads: a misspelt key would be silently ignored otherwise."""
        for key in self:
            if key not in keys:
                known = "、".join(keys)
                raise self.at(key).refuse(
                    Text(f"不认识的项“{key}”。", f"“{key}” is not a known key."),
                    Text(f"这里可用：{known}。", f"Known here: {', '.join(keys)}."),
                )


class LinedList(list[Any]):
    """A list read from YAML; `place` is its first line."""

    def __init__(self, place: Place, lines: Sequence[int]) -> None:
        super().__init__()
        self.place = place
        self._lines = tuple(lines)

    def at(self, index: int) -> Place:
        """Where the item stands."""
        return Place(self.place.file, self._lines[index])


def read_lined_yaml(text: str, *, file: str) -> Any:
    """The content of one YAML text with its lines; raises `PackError` with file, line and remedy.

    Refused: more than a million characters, anchors and aliases (a few lines of them can grow to
    gigabytes), tags, duplicate keys, keys that are not text, and nesting deeper than 40.
    """
    if len(text) > MOST_CHARACTERS:
        raise Place(file, 1).refuse(
            Text(
                f"文件有{len(text)}个字符，超过{MOST_CHARACTERS}。",
                f"The file has {len(text)} characters, more than {MOST_CHARACTERS}.",
            ),
            Text("请拆成几个文件。", "Split it into several files."),
        )
    try:
        _refuse_anchors(text, file)
        node = yaml.compose(text, Loader=_Loader)
        return None if node is None else _Builder(file).value(node, 0)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise Place(file, line).refuse(
            Text("含有不能用的字符。", "A character cannot stand there."),
            Text("请删去该字符。", "Remove that character."),
        ) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Place(file, line).refuse(
            Text(f"格式有误：{error.problem}。", f"Malformed: {error.problem}."),
            Text("请按YAML格式改正该行。", "Correct that line; the format is YAML."),
        ) from error


def _refuse_anchors(text: str, file: str) -> None:
    """Stop at the first anchor or alias, before anything is composed from it; and at too deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _place(file, event).refuse(
                Text("不允许使用锚点与引用（& 和 *）。", "Anchors and aliases (& and *) are not allowed."),
                Text("请把内容直接写出来。", "Write the content out."),
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            raise _place(file, event).refuse(
                Text(f"嵌套超过{MOST_DEPTH}层。", f"Nested deeper than {MOST_DEPTH} levels."),
                Text("请简化该条件。", "Simplify the condition."),
            )


def _place(file: str, item: yaml.Event | yaml.Node) -> Place:
    return Place(file, item.start_mark.line + 1 if item.start_mark else 1)


class _Builder:
    """Turns composed nodes into plain values with lines."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._scalars = yaml.constructor.SafeConstructor()

    def value(self, node: yaml.Node, depth: int) -> Any:
        place = _place(self._file, node)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place, depth)
        if isinstance(node, yaml.SequenceNode):
            lined = LinedList(place, [item.start_mark.line + 1 for item in node.value])
            lined.extend(self.value(item, depth + 1) for item in node.value)
            return lined
        if not node.tag.startswith("tag:yaml.org,2002:"):
            raise place.refuse(
                Text(f"不允许使用标签“{node.tag}”。", f"The tag “{node.tag}” is not allowed."),
                Text("请删去标签。", "Remove the tag."),
            )
        try:
            return self._scalars.construct_object(node)
        except (ValueError, yaml.YAMLError) as error:
            raise place.refuse(
                Text(
                    f"“{str(node.value)[:40]}”不是有效的值。",
                    f"“{str(node.value)[:40]}” is not a valid value.",
                ),
                Text(
                    "日期请写成 2026-04-01，数字只写几位。",
                    "Write a date like 2026-04-01, and a number in a few digits.",
                ),
            ) from error

    def _mapping(self, node: yaml.MappingNode, place: Place, depth: int) -> LinedMapping:
        mapping = LinedMapping(place)
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self.value(key_node, depth + 1)
            if not isinstance(key, str):
                # Codes such as 371502 and words such as `yes` are keys too; the text as written is meant.
                key = str(key_node.value)
            if key in mapping:
                raise Place(self._file, line).refuse(
                    Text(f"“{key}”写了两次。", f"“{key}” stands twice."),
                    Text("请删去其中一个。", "Remove one of them."),
                )
            mapping.put(key, self.value(value_node, depth + 1), line)
        return mapping
