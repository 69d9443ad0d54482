"""In which language the command line speaks, and how it prints."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    from rich.console import Console

#: Width of tables when the output is no terminal, in columns.
WIDTH_WITHOUT_TERMINAL = 140

_chosen = ""


def language() -> str:
    """`zh` or `en`: what --language said, else the language of the surroundings, else Chinese."""
    if _chosen:
        return _chosen
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if value:
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"


def worded(text: Text) -> str:
    """The text in the reader's language."""
    return text.say(language())


def say(text: Text) -> None:
    """Print the text in the reader's language, at once."""
    print(worded(text), flush=True)


def _choose(value: str) -> str:
    global _chosen
    if value not in {"", "zh", "en"}:
        raise LianzhangError(
            Text(f"不认识的语言“{value}”。", f"Unknown language “{value}”."),
            Text("请用 zh 或 en。", "Use zh or en."),
        )
    # Asked twice, before the command's name and after it: whichever was given counts.
    _chosen = value or _chosen
    return value


def forget_language() -> None:
    """Begin a new command: what an earlier one was told no longer counts."""
    global _chosen
    _chosen = ""


def help_text(zh: str, en: str) -> str:
    """One line of `--help`; it is fixed before --language is read, so the surroundings decide."""
    return worded(Text(zh, en))


LanguageOption = Annotated[
    str,
    typer.Option(
        "--language",
        callback=_choose,
        is_eager=True,
        show_default=False,
        metavar="zh|en",
        help=help_text("显示语言，默认随系统，再默认中文", "language; default: the system's, else Chinese"),
    ),
]


def console(*, errors: bool = False) -> Console:
    """A console for tables and sentences; wide enough for a table when nobody's terminal limits it."""
    from rich.console import Console

    stream = sys.stderr if errors else sys.stdout
    width = None if stream.isatty() else WIDTH_WITHOUT_TERMINAL
    # No markup: what stands in brackets in a table of others is no colour, and "[/]" no error.
    return Console(file=stream, width=width, highlight=False, markup=False, soft_wrap=errors)


def use_utf8() -> None:
    """Print Chinese whatever the terminal's code page: what it cannot draw, it shows as `?`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def complain(error: LianzhangError) -> None:
    """Print one error to stderr, in the reader's language."""
    print(error.say(language()), file=sys.stderr)
