"""`lianzhang check`: what is missing on this machine, and how to mend it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from lianzhang import __version__
from lianzhang.cli import assets, installation
from lianzhang.cli.installation import LAPTOP, Installation
from lianzhang.cli.speech import LanguageOption, console, help_text, language
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

HELP = help_text(
    "体检：环境、数据库、网页文件、字体；说明缺什么、怎么补。",
    "Health check: environment, database, browser files, fonts; what is missing and how to mend it.",
)


class State(Enum):
    """How a finding stands; only `FAULT` makes the command fail."""

    GOOD = Text("好", "good")
    NOTE = Text("注意", "note")
    FAULT = Text("有误", "fault")


COLOURS = {State.GOOD: "green", State.NOTE: "yellow", State.FAULT: "red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: Text
    state: State
    detail: Text
    remedy: Text | None = None


def check(
    home: Annotated[
        Path | None,
        typer.Option(
            show_default=False,
            metavar="FOLDER",
            help=help_text("数据文件夹，默认 ~/lianzhang", "data folder; default ~/lianzhang"),
        ),
    ] = None,
    database: Annotated[
        str,
        typer.Option(
            show_default=False,
            metavar="URL",
            help=help_text("PostgreSQL 地址 postgres://…", "PostgreSQL address postgres://…"),
        ),
    ] = "",
    language_option: LanguageOption = "",
) -> None:
    """Print every finding; fail when one is a fault."""
    place = Installation(
        home or installation.default_home(),
        database or os.environ.get("LIANZHANG_DATABASE", ""),
        os.environ.get("DJANGO_SETTINGS_MODULE") or LAPTOP,
    )
    found = list(findings(place))
    from rich.table import Table
    from rich.text import Text as Styled

    table = Table(show_header=False, pad_edge=False)
    for finding in found:
        detail = finding.detail.say(language())
        if finding.remedy is not None:
            detail += "\n" + finding.remedy.say(language())
        word = Styled(finding.state.value.say(language()), style=COLOURS[finding.state])
        table.add_row(Styled(finding.subject.say(language())), word, Styled(detail))
    console().print(table)
    faults = sum(finding.state is State.FAULT for finding in found)
    if faults:
        raise LianzhangError(
            Text(f"有{faults}处需要处理。", f"{faults} faults need attention."),
            Text("请按上表的办法处理后再体检一次。", "Mend them as the table says and check again."),
        )


def findings(place: Installation) -> Iterator[Finding]:
    """Everything that is looked at, cheapest first."""
    yield Finding(
        Text("程序", "Program"),
        State.GOOD,
        _both(f"lianzhang {__version__}, Python {sys.version.split()[0]}"),
    )
    yield _browser_files()
    yield _chinese_font()
    if place.is_sqlite:
        yield _sqlite_version()
    yield from _database(place)


def _both(words: str) -> Text:
    return Text(words, words)


def _browser_files() -> Finding:
    subject = Text("网页文件", "Browser files")
    try:
        bad = [asset.name for asset in assets.asset_states() if asset.state is not assets.INTACT]
    except LianzhangError as error:
        return Finding(subject, State.FAULT, error.what, error.remedy)
    if bad:
        return Finding(subject, State.FAULT, _both(", ".join(bad)), assets.REMEDY)
    return Finding(subject, State.GOOD, Text("完好", "intact"))


def _chinese_font(which: Callable[[str], str | None] = shutil.which) -> Finding:
    """Pages use the reader's own fonts; only pictures drawn on this machine need one here."""
    subject = Text("中文字体", "Chinese font")
    program = which("fc-list")
    if program is None:
        return Finding(
            subject,
            State.NOTE,
            Text(
                "本机没有 fc-list，未检查；看网页不受影响。",
                "No fc-list here, so not checked; pages do not need it.",
            ),
        )
    listed = subprocess.run(
        [program, ":lang=zh", "family"], capture_output=True, text=True, timeout=30, check=False
    )
    families = sorted({line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()})
    if families:
        return Finding(subject, State.GOOD, _both(families[0]))
    return Finding(
        subject,
        State.NOTE,
        Text(
            "本机没有中文字体；在别的电脑上看网页不受影响。",
            "No Chinese font here; pages seen elsewhere are not affected.",
        ),
        Text(
            "需要在本机看或截图时：apt-get install fonts-noto-cjk。",
            "To read pages or take pictures here: apt-get install fonts-noto-cjk.",
        ),
    )


def _sqlite_version() -> Finding:
    from lianzhang.web.database.writer import needs_one_writer

    subject = Text("SQLite", "SQLite")
    if needs_one_writer(sqlite3.sqlite_version_info):
        return Finding(
            subject,
            State.NOTE,
            Text(
                f"{sqlite3.sqlite_version} 有写入缺陷（3.51.3 修复），程序只让一个写入者同时写。",
                f"{sqlite3.sqlite_version} has a write fault (fixed in 3.51.3); one writer writes at a time.",
            ),
            Text("多人正式使用请接 PostgreSQL。", "For many people use PostgreSQL."),
        )
    return Finding(subject, State.GOOD, _both(sqlite3.sqlite_version))


def _database(place: Installation) -> Iterator[Finding]:
    subject = Text("数据库", "Database")
    if place.is_sqlite and not (place.home / "lianzhang.sqlite3").exists():
        yield Finding(
            subject,
            State.NOTE,
            Text(f"{place.home} 里还没有数据库。", f"There is no database in {place.home} yet."),
            Text("第一次 lianzhang up 时会建好。", "The first lianzhang up makes it."),
        )
        return
    try:
        installation.open_installation(place)
        yield from _django_checks(subject)
    except LianzhangError as error:
        yield Finding(subject, State.FAULT, error.what, error.remedy)


def _django_checks(subject: Text) -> Iterator[Finding]:
    from django.core.checks import ERROR, run_checks
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor
    from django.utils import translation

    with translation.override("en" if language() == "en" else "zh-hans"):
        for item in run_checks(databases=["default"]):
            state = State.FAULT if item.level >= ERROR else State.NOTE
            yield Finding(subject, state, _both(str(item.msg)), _both(str(item.hint)) if item.hint else None)
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(
            subject,
            State.FAULT,
            Text(f"连不上：{error}", f"Cannot be reached: {error}"),
            Text("请核对地址、用户和口令。", "Check address, user and password."),
        )
        return
    if waiting:
        yield Finding(
            subject,
            State.NOTE,
            Text(f"有{len(waiting)}步更新待做。", f"{len(waiting)} steps of upgrade are waiting."),
            Text("下次 lianzhang up 时会自动做。", "The next lianzhang up takes them."),
        )
    else:
        yield Finding(
            subject,
            State.GOOD,
            Text(f"{connection.vendor}，数据表是最新的。", f"{connection.vendor}, tables up to date."),
        )
