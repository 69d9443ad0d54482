"""Files of mentions and of registries, as the commands take them: CSV in the usual encodings, or Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text
from lianzhang.naming import Listed

#: Column names understood beside the documented one, which stands first.
_MENTION = {
    "mention": ("mention", "提法", "名称", "企业名称", "企业"),
    "context": ("context", "上下文", "县区", "所在地"),
}
_REGISTRY = {
    "id": ("id", "编号", "credit_code", "uscc", "统一社会信用代码"),
    "name": ("name", "名称", "企业名称"),
    "former_names": ("former_names", "曾用名"),
    "short_names": ("short_names", "简称"),
    "english_names": ("english_names", "英文名"),
    "county": ("county", "县区", "所在地"),
}
#: Stands between several names in one cell.
_BETWEEN = "|"
_LONGEST_CELL = 1 << 20


class UnusableNames(LianzhangError):
    """A file of names that cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row by column name, and the line it stands on."""

    line: int
    cells: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not any(cell.strip() for cell in self.cells.values())


def read_mentions(file: str) -> tuple[list[str], list[str]]:
    """Mentions and contexts of a file, in order; raises `UnusableNames` where it has none.

    A row without a word between others is kept: whoever puts the answers beside their own rows counts on it.
    """
    rows = list(_rows(file, _MENTION, needed=("mention",)))
    while rows and rows[-1].is_empty:
        rows.pop()
    if not rows:
        raise _empty(file)
    return [row.cells["mention"] for row in rows], [row.cells.get("context", "") for row in rows]


def read_registry(file: str) -> list[Listed]:
    """The enterprises of a file; raises `UnusableNames` naming the line where a row cannot be used."""
    lines: dict[str, int] = {}
    found = []
    for row in _rows(file, _REGISTRY, needed=("id", "name")):
        if row.is_empty:
            continue
        id, name = row.cells["id"].strip(), row.cells["name"].strip()
        if not id or not name:
            what = ("编号", "id") if not id else ("名称", "name")
            raise UnusableNames(
                Text(
                    f"“{file}”第{row.line}行没有{what[0]}。", f"“{file}”, line {row.line}, has no {what[1]}."
                ),
                Text("请补上，或删去这一行。", "Fill it in, or remove the line."),
            )
        if id in lines:
            raise UnusableNames(
                Text(
                    f"“{file}”第{row.line}行的编号“{id}”与第{lines[id]}行重复。",
                    f"“{file}”, line {row.line}: the id “{id}” already stands on line {lines[id]}.",
                ),
                Text(
                    "每家企业一行；请合并或改正编号。",
                    "Give each enterprise one row; merge or correct the id.",
                ),
            )
        lines[id] = row.line
        found.append(
            Listed(
                id=id,
                name=name,
                former=_several(row.cells.get("former_names", "")),
                short=_several(row.cells.get("short_names", "")),
                english=_several(row.cells.get("english_names", "")),
                county=row.cells.get("county", "").strip(),
            )
        )
    if not found:
        raise _empty(file)
    return found


def _several(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(_BETWEEN) if name.strip())


def _rows(file: str, columns: Mapping[str, Sequence[str]], *, needed: Sequence[str]) -> Iterator[Row]:
    if Path(file).suffix.lower() in {".parquet", ".pq"}:
        return _parquet_rows(file, columns, needed)
    return _csv_rows(file, columns, needed)


def _separator(text: str) -> str:
    """What stands between the columns of the first line that says anything."""
    head = text.lstrip().split("\n", 1)[0]
    return next((sign for sign in ("\t", ";") if sign in head and "," not in head), ",")


def _csv_rows(file: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Iterator[Row]:
    text = _decoded(file, _content(file))
    csv.field_size_limit(_LONGEST_CELL)
    # Strict: a quotation mark that nobody closes is told, and does not make one name of all that follow.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        header = next((cells for cells in reader if any(cell.strip() for cell in cells)), None)
        if header is None:
            raise _empty(file)
        places = _places(file, [cell.strip() for cell in header], columns, needed)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                if cells:
                    yield Row(reader.line_num, dict.fromkeys(places, ""))
                continue
            if len(cells) > len(header) or len(cells) <= max(places[name] for name in needed):
                raise UnusableNames(
                    Text(
                        f"“{file}”第{reader.line_num}行有{len(cells)}格，表头有{len(header)}列。",
                        f"“{file}”, line {reader.line_num}, has {len(cells)} cells; the header has {len(header)}.",
                    ),
                    Text(
                        "内容里有逗号的格子请用英文双引号括起来。",
                        "Put cells that contain commas in double quotes.",
                    ),
                )
            yield Row(reader.line_num, {name: cells[at] for name, at in places.items() if at < len(cells)})
    except csv.Error as error:
        raise UnusableNames(
            Text(
                f"“{file}”第{reader.line_num}行读不出来（{error}）。",
                f"“{file}”, line {reader.line_num}: {error}.",
            ),
            Text("请核对引号，或另存为 CSV 再试。", "Check the quotation marks, or save it as CSV again."),
        ) from error


def _parquet_rows(file: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str]) -> Iterator[Row]:
    import polars as pl

    _content(file, check_only=True)
    try:
        frame = pl.read_parquet(file)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnusableNames(
            Text(f"“{file}”不是可读的 Parquet 文件。", f"“{file}” is not a readable Parquet file."),
            Text("请核对文件，或改用 CSV。", "Check the file, or use CSV."),
        ) from error
    places = _places(file, frame.columns, columns, needed)
    texts = [
        pl.nth(at).list.join(_BETWEEN).alias(name)
        if frame.dtypes[at] == pl.List
        else pl.nth(at).cast(pl.String).alias(name)
        for name, at in places.items()
    ]
    taken = frame.select(texts).fill_null("")
    for number, cells in enumerate(taken.iter_rows(), start=1):
        yield Row(number, dict(zip(taken.columns, cells, strict=True)))


def _places(
    file: str, header: Sequence[str], columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> dict[str, int]:
    """Where each column stands; raises where a needed one is missing."""
    known = [cell.lower() for cell in header]
    places = {}
    for name, words in columns.items():
        at = next((known.index(word) for word in words if word in known), None)
        if at is not None:
            places[name] = at
    missing = [name for name in needed if name not in places]
    if missing:
        seen = "、".join(cell for cell in header if cell)[:80]
        raise UnusableNames(
            Text(
                f"“{file}”缺少列 {'、'.join(missing)}；表头是：{seen}。",
                f"“{file}” lacks the column {', '.join(missing)}; the header is: {seen}.",
            ),
            Text(
                f"第一行请写列名：{'、'.join(columns)}（必须有 {'、'.join(needed)}）。",
                f"Put column names on the first line: {', '.join(columns)} (needed: {', '.join(needed)}).",
            ),
        )
    return places


def _content(file: str, *, check_only: bool = False) -> bytes:
    path = Path(file)
    if path.is_dir():
        raise UnusableNames(
            Text(f"“{file}”是文件夹。", f"“{file}” is a folder."),
            Text("请指定其中一份文件。", "Name one file in it."),
        )
    try:
        if check_only:
            with path.open("rb"):
                return b""
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnusableNames(
            Text(f"没有文件“{file}”。", f"There is no file “{file}”."),
            Text("请核对路径和文件名。", "Check the path and the name."),
        ) from error
    except OSError as error:
        raise UnusableNames(
            Text(f"打不开“{file}”（{error.strerror}）。", f"“{file}” cannot be opened ({error.strerror})."),
            Text("请核对读取权限。", "Check that you may read it."),
        ) from error


def _decoded(file: str, content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnusableNames(
            Text(f"“{file}”是 Excel 工作簿。", f"“{file}” is an Excel workbook."),
            Text("请另存为 CSV（UTF-8）。", "Save it as CSV (UTF-8)."),
        )
    order = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in order:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnusableNames(
        Text(
            f"“{file}”的编码认不出，不是 UTF-8，也不是 GB18030。", f"“{file}” is neither UTF-8 nor GB18030."
        ),
        Text("请另存为 CSV（UTF-8）。", "Save it as CSV (UTF-8)."),
    )


def _empty(file: str) -> UnusableNames:
    return UnusableNames(
        Text(f"“{file}”里没有内容。", f"“{file}” is empty."),
        Text(
            "第一行写列名，以下每行一个名称。",
            "Column names on the first line, one name on each line after it.",
        ),
    )
