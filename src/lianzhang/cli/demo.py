"""`lianzhang demo`: the main job on one machine, with data of its own."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from lianzhang.cli import installation, serving
from lianzhang.cli.installation import LAPTOP, Installation
from lianzhang.cli.read import document_bytes, no_figures
from lianzhang.cli.serving import Address
from lianzhang.cli.speech import LanguageOption, console, help_text, say
from lianzhang.kernel.text import Text

HELP = help_text(
    "演示：新建一个临时数据库，读入样例（或你给的）通报，接受有把握的数字，打印汇总与各角色口令，然后提供网页。",
    "Demonstrate: a fresh database, the sample bulletins (or yours) read and their sure figures accepted, a "
    "summary, a password for each role, and the site.",
)


NoSamples = Annotated[
    bool,
    typer.Option(
        "--no-samples",
        help=help_text(
            "不生成标着“样例”的企业，只留公开报道里的", "no firms marked 样例, only those of reports"
        ),
    ),
]


def demo(
    bulletin: Annotated[
        list[str] | None,
        typer.Option(
            show_default=False,
            metavar="FILE",
            help=help_text("改读这份通报；可重复", "read this bulletin instead; may be repeated"),
        ),
    ] = None,
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help=help_text("打印汇总后结束", "stop after the summary"))
    ] = False,
    no_samples: NoSamples = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help=help_text("端口", "port"))] = 8760,
    home: Annotated[
        Path | None,
        typer.Option(
            show_default=False,
            metavar="FOLDER",
            help=help_text(
                "演示用的数据文件夹（须是新的、空的或以前演示留下的）；不给则用临时文件夹，结束即删",
                "data folder of the demonstration (new, empty, or left by an earlier one); without it a "
                "temporary one, removed at the end",
            ),
        ),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help=help_text("不自动打开浏览器", "do not open a browser"))
    ] = False,
    language_option: LanguageOption = "",
) -> None:
    """Show the product from a bulletin to the page of the chain."""
    from lianzhang.cli.demo_home import demo_home

    address = Address("127.0.0.1", port)
    given = [_bulletin(file) for file in bulletin or []]
    if not no_serve:
        serving.require_free(address)
    # What people would get by mail is shown in the terminal.
    os.environ.setdefault("LIANZHANG_MAIL", "console")
    os.environ.setdefault("LIANZHANG_SITE", address.url.rstrip("/"))
    with demo_home(home, address) as folder:
        installation.open_installation(Installation(folder, "", LAPTOP))
        say(Text("正在准备演示数据库……", "Preparing the demonstration's database …"))
        installation.prepare_database()
        from lianzhang.cli import demo_city, fact_tables

        city = demo_city.build(given, with_samples=not no_samples)
        fact_tables.print_city(city, console())
        if no_serve:
            return
        fact_tables.print_accounts(city.accounts, console())
        say(
            Text(
                f"网址：{address.url} 用 chief 登录先看一页；按 Ctrl-C 结束演示。",
                f"Address: {address.url} Sign in as chief for the first page. Ctrl-C ends the demonstration.",
            )
        )
        serving.serve(address, open_browser=not no_browser)


def _bulletin(file: str) -> tuple[str, bytes]:
    """Name and content of a bulletin. One that says nothing is refused before anything is set up for it."""
    from lianzhang.reading import read

    name, content = Path(file).name, document_bytes(file)
    if not read(content, name=name).claims:
        raise no_figures()
    return name, content
