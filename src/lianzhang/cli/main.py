"""`lianzhang`: the commands of the product under one name."""

from __future__ import annotations

import os
import sys

import typer

from lianzhang import __version__
from lianzhang.cli import (
    assess,
    assets,
    chain,
    check,
    demo,
    journal,
    mail,
    match,
    metrics,
    pack,
    read,
    regions,
    registry,
    up,
)
from lianzhang.cli.speech import LanguageOption, complain, forget_language, help_text, use_utf8, worded
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

#: Exit codes: 1 = the command could not do its work; 2 = the command was written wrongly.
FAILED, MISUSED, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="lianzhang",
    help=help_text(
        "链长工作台：把产业链通报变成逐条核实、可以追溯的事实。",
        "The industry-chain workbench: bulletins become checked, traceable facts.",
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("read", help=read.HELP)(read.read)
app.command("up", help=up.HELP)(up.up)
app.command("demo", help=demo.HELP)(demo.demo)
app.command("check", help=check.HELP)(check.check)
app.add_typer(chain.app, name="chain", help=chain.HELP)
app.add_typer(regions.app, name="regions", help=regions.HELP)
app.command("assess", help=assess.HELP)(assess.assess)
app.command("match", help=match.HELP)(match.match)
app.add_typer(pack.app, name="pack", help=pack.HELP)
app.add_typer(assets.app, name="assets", help=assets.HELP)
app.add_typer(journal.app, name="journal", help=journal.HELP)
app.add_typer(mail.app, name="mail", help=mail.HELP)
app.add_typer(metrics.app, name="metrics", help=metrics.HELP)
app.add_typer(registry.app, name="registry", help=registry.HELP)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(__version__)
        raise typer.Exit


@app.callback()
def common(
    language: LanguageOption = "",
    version: bool = typer.Option(
        False,
        "--version",
        callback=_show_version,
        is_eager=True,
        help=help_text("显示版本", "show the version"),
    ),
) -> None:
    """Options that stand before the command."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code; every error is a sentence, never a traceback."""
    use_utf8()
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    forget_language()
    try:
        code = app(arguments, standalone_mode=False)
        sys.stdout.flush()
    except LianzhangError as error:
        complain(error)
        return FAILED
    except typer.TyperException as error:
        complain(_misuse(error))
        return MISUSED
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        # The reader of our output (less, head) has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    # An interrupt that came while a command ran reaches us as its exit code.
    if code == INTERRUPTED:
        print(worded(Text("已中断。", "Interrupted.")), file=sys.stderr)
    return code if isinstance(code, int) else 0


def _misuse(error: typer.TyperException) -> LianzhangError:
    """A command written wrongly, said in the reader's language, with the way to the help."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "lianzhang"
    detail = error.format_message()
    names = {
        "MissingParameter": Text("命令缺少一项必填内容", "The command lacks something it needs"),
        "NoSuchOption": Text("没有这个选项", "There is no such option"),
        "NoSuchCommand": Text("没有这个命令", "There is no such command"),
        "BadParameter": Text("有一项内容写得不对", "Something was written wrongly"),
    }
    what = names.get(type(error).__name__, Text("命令写得不对", "The command was written wrongly"))
    return LianzhangError(
        Text(f"{what.zh}（{detail}）。", f"{what.en} ({detail})"),
        Text(f"用 {command} --help 看写法。", f"See {command} --help."),
    )


if __name__ == "__main__":
    main()
