"""Tables in and out of the commands: read with clear errors, written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lianzhang.cli.speech import console, say, worded
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    import polars as pl

    from lianzhang.metrics.arrays import Floats

Writer = Callable[[Path], None]


def read_table(file: Path, *, columns: Sequence[str] = ()) -> pl.DataFrame:
    """A CSV table (UTF-8, GB 18030 or UTF-16) as text, or a Parquet table as it is; of the latter only `columns`."""
    import polars as pl

    from lianzhang.metrics.written import frame_of_csv, unreadable

    try:
        if file.suffix.lower() == ".parquet":
            there = pl.read_parquet_schema(file)
            return pl.read_parquet(file, columns=[name for name in columns if name in there] or None)
        return frame_of_csv(file, name=file.name)
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
    except pl.exceptions.PolarsError as error:
        raise unreadable(file.name, error) from error


def numbers(table: pl.DataFrame, name: str, file: str) -> Floats:
    """A column of numbers that are not negative; an error names the file, row and column."""
    from lianzhang.metrics.inputs import finite, require_columns

    require_columns(table, (name,), table=file)
    return finite(table, name, table=file, least=0.0)


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
