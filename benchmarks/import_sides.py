"""The sides of `imports.py`, each run in a process of its own: what it does with the file, and what it found.

`python import_sides.py SIDE FILE` prints one line of JSON: CPU seconds of the work after a warm-up, peak
memory, and the failed checks by spreadsheet row where the side tells them.
"""

from __future__ import annotations

import csv
import json
import re
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY / "benchmarks")]

from import_generator import CHECKS, HEAD  # noqa: E402

from lianzhang.kernel import clock, credit_code  # noqa: E402

Found = dict[int, list[str]]
_CHECK_OF = {rule: check for check, rules in CHECKS.items() for rule in rules}


# ---- ours ----------------------------------------------------------------------------------------------------
def ours(path: Path, *, write: bool) -> Found:
    """Read and check; with `write` the good rows go to Parquet and the bad ones, as they were, to CSV."""
    from lianzhang.tables import check_table, find_table, need_kind, open_workbook
    from lianzhang.tables.rejects import rejects_csv

    book = open_workbook(path.read_bytes())
    checked = check_table(find_table(book, need_kind("enterprises")), reference=_reference())
    if write:
        folder = Path(tempfile.mkdtemp(dir=path.parent))
        checked.write_good(folder / "good.parquet")
        (folder / "bad.csv").write_bytes(rejects_csv(checked))
        _verify_outputs(folder, path, checked)
    return _found(checked)


def _reference() -> Any:
    from lianzhang.kernel.pack import open_pack
    from lianzhang.kernel.regions import Regions
    from lianzhang.tables import Reference

    return Reference(clock.today(), Regions.from_pack(open_pack("liaocheng")))


def _found(checked: Any) -> Found:
    """The failed checks by row; not part of what is timed."""
    found: Found = {}

    def tell() -> Found:
        for _, _, part in checked.refused:
            rules = [_CHECK_OF[item.rule] for item in part.reasons]
            for row, which in zip(part.rows.tolist(), part.which.tolist(), strict=True):
                found.setdefault(int(checked.rows.numbers[row]), []).append(rules[which])
        return found

    _untimed.append(tell)
    return found


def _verify_outputs(folder: Path, path: Path, checked: Any) -> None:
    """Good and handed-back rows are the whole input, and each cell handed back is what it was; not timed either."""

    def verify() -> None:
        import polars as pl

        kept = pl.read_parquet(folder / "good.parquet").height
        with (folder / "bad.csv").open(encoding="utf-8-sig", newline="") as file:
            handed = list(csv.reader(file))[1:]
        assert kept + len(handed) == checked.total, "rows were lost"
        with path.open(encoding="utf-8", newline="") as file:
            source = list(csv.reader(file))
        bad = checked.rows.numbers[checked.bad].tolist()
        assert all(row[: len(HEAD)] == source[number - 1] for number, row in zip(bad, handed, strict=True)), (
            "a cell changed"
        )
        shutil.rmtree(folder)

    _untimed.append(verify)


# ---- pandera, handed our vectorised checks ----------------------------------------------------------------------
def pandera_vectorised(path: Path) -> Found:
    """Lazy pandera.polars over text columns; each check is the product's own reader of a whole column."""
    import numpy as np
    import pandera.polars as pa
    import polars as pl

    from lianzhang.kernel.gazetteer import gazetteer
    from lianzhang.kernel.industry import industries
    from lianzhang.tables.values import amounts, codes, dates, places, words

    regions, today = _reference().regions, clock.today()
    industries()

    def passes(read: Callable[[pl.Series], Any], *, required: bool = False) -> Callable[[Any], pl.LazyFrame]:
        def check(data: Any) -> pl.LazyFrame:
            column = data.lazyframe.select(data.key).collect()[data.key]
            result = read(column)
            good = np.ones(len(column), bool)
            for part in result.refusals:
                good[part.rows] = False
            if required:
                good &= result.values.is_not_null().to_numpy()
            return pl.LazyFrame({data.key: good})

        return check

    def counties(column: pl.Series) -> Any:
        return places.read_counties(column, regions=regions, divisions=gazetteer().full)

    def is_first(data: Any) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col(data.key).is_first_distinct())

    readers: dict[str, list[Any]] = {
        HEAD[0]: [pa.Check(passes(codes.read_codes)), pa.Check(is_first)],
        HEAD[1]: [pa.Check(passes(words.read_text, required=True))],
        HEAD[2]: [pa.Check(passes(counties))],
        HEAD[3]: [pa.Check(passes(places.read_industries))],
        HEAD[4]: [pa.Check(passes(lambda column: dates.read_dates(column, latest=today)))],
        HEAD[5]: [pa.Check(passes(lambda column: amounts.read_amounts(column, unit="万元")))],
        HEAD[6]: [pa.Check(passes(lambda column: amounts.read_amounts(column, unit="万元")))],
        HEAD[7]: [pa.Check(passes(lambda column: amounts.read_amounts(column, unit="人", whole=True)))],
    }  # fmt: skip
    return _validated(readers, path)


def pandera_expressions(path: Path) -> Found:
    """The same with the checks written by hand as Polars expressions, each in the fastest way we found."""
    import pandera.polars as pa
    import polars as pl

    from lianzhang.kernel.gazetteer import gazetteer
    from lianzhang.kernel.industry import industries

    known, today, sign = industries(), clock.today(), "[0-9A-HJ-NP-RT-UW-Y]"

    def passes(rule: Callable[[pl.Expr], pl.Expr]) -> Any:
        return pa.Check(lambda data: data.lazyframe.select(rule(pl.col(data.key))))

    def weighed(signs: pl.Expr, place: int) -> pl.Expr:
        weight, table = pow(3, place, 31) if place < 17 else 1, [0] * 256
        for value, letter in enumerate(credit_code.ALPHABET):
            table[ord(letter)] = value * weight % 31
        return pl.lit(pl.Series(table, dtype=pl.UInt16)).gather(signs.arr.get(place))

    def checked(data: Any) -> pl.LazyFrame:
        signs = pl.col(data.key).cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, 18))
        total = sum(
            (weighed(pl.col(data.key), place) for place in range(1, 18)), weighed(pl.col(data.key), 0)
        )
        return data.lazyframe.select(signs).select((total % 31 == 0).fill_null(False))

    def day(text: pl.Expr) -> pl.Expr:
        shapes = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日")
        days = pl.coalesce(*(text.str.to_date(shape, strict=False) for shape in shapes))
        return (days <= today).fill_null(False)

    def number(text: pl.Expr) -> pl.Expr:
        return text.str.contains(r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")

    def industry(text: pl.Expr) -> pl.Expr:
        of_group = text.str.contains(r"^\d{3,4}$") & text.str.slice(0, 3).is_in(known.groups)
        return text.is_in(list(known.names)) | of_group

    return _validated(
        {
            HEAD[0]: [
                passes(lambda text: text.str.contains(rf"^{sign}{{2}}\d{{6}}{sign}{{10}}$")),
                pa.Check(checked),
                passes(lambda text: text.is_first_distinct()),
            ],
            HEAD[1]: [passes(lambda text: (text.str.strip_chars() != "").fill_null(False))],
            HEAD[2]: [passes(lambda text: text.is_in(list(gazetteer().full.values())))],
            HEAD[3]: [passes(industry)],
            HEAD[4]: [passes(day)],
            HEAD[5]: [passes(number)],
            HEAD[6]: [passes(number)],
            HEAD[7]: [passes(lambda text: text.str.contains(r"^\d+$"))],
        },
        path,
    )


def _validated(checks: dict[str, list[Any]], path: Path) -> Found:
    """Read the file as text and have pandera run all checks; the rows that fail one."""
    import pandera.polars as pa
    import polars as pl

    schema = pa.DataFrameSchema(
        {name: pa.Column(pl.String, some, nullable=True) for name, some in checks.items()}
    )
    table = pl.read_csv(path, infer_schema=False, null_values=[""])
    found: Found = {}
    try:
        schema.validate(table, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases

        def tell() -> Found:
            for row in cases["index"].drop_nulls().unique().to_list():
                found[int(row) + 2] = ["?"]
            return found

        _untimed.append(tell)
    return found


# ---- pydantic ------------------------------------------------------------------------------------------------------
def _model() -> Any:
    """One model with the eight checks; repeated codes are looked for beside it."""
    from pydantic import BaseModel, Field, field_validator

    from lianzhang.kernel.gazetteer import gazetteer
    from lianzhang.kernel.industry import industries

    known, codes = industries(), frozenset(gazetteer().full.values())
    today = clock.today()
    form = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{2}\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}")
    number = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")

    class Row(BaseModel):
        code: str = Field(alias=HEAD[0])
        name: str = Field(alias=HEAD[1])
        county: str = Field(alias=HEAD[2])
        industry: str = Field(alias=HEAD[3])
        founded: date = Field(alias=HEAD[4])
        capital: Decimal = Field(alias=HEAD[5])

        @field_validator("code")
        @classmethod
        def _code(cls, text: str) -> str:
            if not form.fullmatch(text):
                raise ValueError("code_form")
            if credit_code.check_character(text[:17]) != text[17]:
                raise ValueError("code_check")
            return text

        @field_validator("name")
        @classmethod
        def _name(cls, text: str) -> str:
            if not text.strip():
                raise ValueError("name")
            return text.strip()

        @field_validator("county")
        @classmethod
        def _county(cls, text: str) -> str:
            if text not in codes:
                raise ValueError("county")
            return text

        @field_validator("industry")
        @classmethod
        def _industry(cls, text: str) -> str:
            if known.read(text) is None:
                raise ValueError("industry")
            return text

        @field_validator("founded", mode="before")
        @classmethod
        def _founded(cls, text: str) -> date:
            for shape in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"):
                try:
                    day = datetime.strptime(text, shape).date()  # noqa: DTZ007 - a civil day
                except ValueError:
                    continue
                if day > today:
                    break
                return day
            raise ValueError("date")

        @field_validator("capital", mode="before")
        @classmethod
        def _capital(cls, text: str) -> Decimal:
            if not number.fullmatch(text):
                raise ValueError("amount")
            try:
                return Decimal(text.replace(",", ""))
            except InvalidOperation as error:
                raise ValueError("amount") from error

    return Row


def _by_model(rows: Iterator[dict[str, str]]) -> Found:
    from pydantic import ValidationError

    model, seen, found = _model(), set(), {}
    for place, row in enumerate(rows, 2):
        wrong = []
        try:
            model.model_validate(row)
        except ValidationError as error:
            wrong = [item["msg"].removeprefix("Value error, ") for item in error.errors()]
        if row[HEAD[0]] in seen:
            wrong.append("repeated")
        seen.add(row[HEAD[0]])
        if wrong:
            found[place] = wrong
    return found


def pydantic_csv(path: Path) -> Found:
    """csv.DictReader and one model a row; nothing is written."""
    with path.open(encoding="utf-8", newline="") as file:
        return _by_model(csv.DictReader(file))


def pydantic_xlsx(path: Path) -> Found:
    """openpyxl in its read-only mode and one model a row; nothing is written."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    lines = sheet.iter_rows(values_only=True)
    next(lines)
    return _by_model({name: text or "" for name, text in zip(HEAD, row, strict=False)} for row in lines)


def fastexcel_only(path: Path) -> Found:
    """The reader of cells alone."""
    import fastexcel

    fastexcel.read_excel(str(path)).load_sheet(0, dtypes="string").to_polars()
    return {}


_untimed: list[Callable[[], Any]] = []
SIDES: dict[str, Callable[[Path], Found]] = {
    "ours": lambda path: ours(path, write=False),
    "ours, both outputs": lambda path: ours(path, write=True),
    "pandera, our readers": pandera_vectorised,
    "pandera, expressions": pandera_expressions,
    "pydantic + csv": pydantic_csv,
    "openpyxl + pydantic": pydantic_xlsx,
    "fastexcel": fastexcel_only,
}


def main() -> None:
    side, path, warm = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    SIDES[side](warm)
    _untimed.clear()
    before = _cpu()
    found = SIDES[side](path)
    spent, peak = _cpu() - before, _peak()
    for work in _untimed:
        work()
    print(
        json.dumps({"cpu": spent, "peak": peak, "found": {str(row): checks for row, checks in found.items()}})
    )


def _peak() -> float:
    """Most memory in MB. `ru_maxrss` would count what the starting process held as well."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


if __name__ == "__main__":
    main()
