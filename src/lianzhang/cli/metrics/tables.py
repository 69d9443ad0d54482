"""Tables in and out of the commands: read with clear errors, written whole or not at all."""

from __future__ import annotations

import codecs
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from lianzhang.cli.speech import console, say, worded
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    import polars as pl

Writer = Callable[[Path], None]
#: How Polars names a column whose name stands there before.
_REPEATED = re.compile(r"_duplicated_\d+$")


def read_table(file: Path, *, columns: Sequence[str] = ()) -> pl.DataFrame:
    """A CSV table (UTF-8, GB 18030 or UTF-16) as text, or a Parquet table as it is; of the latter only `columns`."""
    import polars as pl

    try:
        if file.suffix.lower() == ".parquet":
            there = pl.read_parquet_schema(file)
            return pl.read_parquet(file, columns=[name for name in columns if name in there] or None)
        return _csv(file)
    except FileNotFoundError as error:
        raise LianzhangError(
            Text(f"没有文件“{file}”。", f"There is no file “{file}”."),
            Text("请核对路径和文件名。", "Check the path and the name."),
        ) from error
    except OSError as error:
        raise LianzhangError(
            Text(f"打不开“{file}”（{_reason(error)}）。", f"“{file}” cannot be opened ({_reason(error)})."),
            Text("请指定一个可读的 CSV 或 Parquet 文件。", "Name a readable CSV or Parquet file."),
        ) from error
    except pl.exceptions.NoDataError as error:
        raise LianzhangError(
            Text(f"“{file.name}”是空文件。", f"“{file.name}” is empty."),
            Text(
                "第一行应为列名，其后每行一条。",
                "The first line names the columns; one row per line follows.",
            ),
        ) from error
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        first = str(error).strip().splitlines()[0]
        raise LianzhangError(
            Text(f"“{file.name}”不是能读的表（{first}）。", f"“{file.name}” is no readable table ({first})."),
            Text(
                "请另存为 CSV（UTF-8），每行的列数与第一行相同。",
                "Save it as CSV (UTF-8) with as many columns in each row as in the first.",
            ),
        ) from error


def _csv(file: Path) -> pl.DataFrame:
    import polars as pl

    with file.open("rb") as opened:
        wide = opened.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        if wide:
            return _as_written(pl.read_csv(_recoded(file, "utf-16"), infer_schema=False), file)
        return _as_written(pl.read_csv(file, infer_schema=False), file)
    except pl.exceptions.ComputeError as error:
        if "utf-8" not in str(error).lower():
            raise
        return _as_written(pl.read_csv(_recoded(file, "gb18030"), infer_schema=False), file)


def _recoded(file: Path, encoding: str) -> BytesIO:
    return BytesIO(file.read_bytes().decode(encoding).encode())


def _as_written(frame: pl.DataFrame, file: Path) -> pl.DataFrame:
    """Column names without blanks around them, each once; no blank rows at the end, as spreadsheets leave them."""
    import polars as pl

    names = [name.strip() for name in frame.columns]
    twice = [name for name in names if _REPEATED.sub("", name) in names and _REPEATED.search(name)]
    twice += [name for name in set(names) if names.count(name) > 1]
    if twice:
        name = _REPEATED.sub("", twice[0])
        raise LianzhangError(
            Text(
                f"“{file.name}”有两列都叫 {name}。",
                f"“{file.name}” has two columns called {name}.",
            ),
            Text("请改名或删去一列。", "Rename or delete one of them."),
        )
    frame.columns = names
    if not len(frame):
        return frame
    filled = frame.select(pl.any_horizontal(pl.all().is_not_null() & (pl.all() != ""))).to_series()
    blank = int(filled.reverse().arg_max() or 0) if filled.any() else len(filled)
    return frame.head(len(frame) - blank)


def write_tables(tables: dict[Path, Writer]) -> None:
    """Write all files beside their places, then move them in; after any failure none of them is there."""
    written: list[tuple[str, Path]] = []
    made: list[Path] = []
    place = Path()
    try:
        for place, write in tables.items():
            made += [folder for folder in (place.parent, *place.parent.parents) if not folder.exists()]
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent)
            os.close(handle)
            written.append((name, place))
            write(Path(name))
            os.chmod(name, 0o666 & ~_mask())
        for name, place in written:
            os.replace(name, place)
    except OSError as error:
        raise LianzhangError(
            Text(
                f"写不了“{place}”（{_reason(error)}）。",
                f"“{place}” cannot be written ({_reason(error)}).",
            ),
            Text(
                "请换一个位置，或核对权限与剩余空间。",
                "Choose another place, or check rights and free space.",
            ),
        ) from error
    finally:
        for name, _ in written:
            with suppress(FileNotFoundError):
                os.unlink(name)
        for folder in made:
            with suppress(OSError):  # what holds results is not empty, and stays
                folder.rmdir()


def _reason(error: OSError) -> str:
    return error.strerror or str(error).splitlines()[0]


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def csv_of(frame: pl.DataFrame) -> Writer:
    """Writes a frame as CSV; what cannot be computed stands there as NaN."""
    return lambda path: frame.write_csv(path)


def remark(texts: Sequence[Text]) -> None:
    """Tell what a reader of the results must know; on stderr, so that pipes stay clean."""
    for text in texts:
        print(worded(Text(f"注意：{text.zh}", f"Note: {text.en}")), file=sys.stderr)


def report(places: Sequence[Path], rows: int) -> None:
    """Say where the results are."""
    names = ", ".join(str(place) for place in places)
    say(Text(f"已写入 {names}（{rows} 行）。", f"Written: {names} ({rows} rows)."))


@contextmanager
def progress(text: Text) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on the terminal while long work runs; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(errors=True), transient=True) as bar:
        task = bar.add_task(worded(text), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
