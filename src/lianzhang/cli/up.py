"""`lianzhang up`: the program for real use; nothing of the demonstration is loaded."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from lianzhang.cli import installation, serving
from lianzhang.cli.installation import LAPTOP, SERVER, Installation
from lianzhang.cli.serving import Address
from lianzhang.cli.speech import LanguageOption, help_text, say
from lianzhang.kernel.errors import SettingsError
from lianzhang.kernel.text import Text

HELP = help_text(
    "启动正式使用的链长：建数据文件夹和密钥，更新数据表，首次给出管理员一次性链接，然后提供网页。",
    "Start lianzhang for real use: make the data folder and key, bring the tables up to date, give the first "
    "administrators their links, serve the pages.",
)


def up(
    home: Annotated[
        Path | None,
        typer.Option(
            show_default=False,
            metavar="FOLDER",
            help=help_text("数据文件夹，默认 ~/lianzhang", "data folder; default ~/lianzhang"),
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help=help_text("端口", "port"))] = 8760,
    host: Annotated[
        str,
        typer.Option(
            help=help_text("监听地址，默认只限本机", "address to listen on; this machine by default")
        ),
    ] = "127.0.0.1",
    database: Annotated[
        str,
        typer.Option(
            show_default=False,
            metavar="URL",
            help=help_text(
                "PostgreSQL 地址 postgres://…；不给则用数据文件夹里的 SQLite",
                "PostgreSQL address postgres://…; without it SQLite in the data folder",
            ),
        ),
    ] = "",
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help=help_text("不自动打开浏览器", "do not open a browser"))
    ] = False,
    language_option: LanguageOption = "",
) -> None:
    """Prepare the installation and serve it until Ctrl-C."""
    address = Address(host, port)
    settings = os.environ.get("DJANGO_SETTINGS_MODULE") or (LAPTOP if address.is_private else SERVER)
    place = Installation(
        home or installation.default_home(), database or os.environ.get("LIANZHANG_DATABASE", ""), settings
    )
    refuse_demo(place.home)
    if settings == SERVER:
        require_host_names(host)
    installation.make_home(place.home)
    serving.require_free(address)
    with serving.only_server(place.home, address) if place.is_sqlite else nullcontext():
        installation.open_installation(place)
        installation.refuse_failed_checks()
        say(Text("正在准备数据库……", "Preparing the database …"))
        installation.prepare_database()
        if settings == SERVER:
            installation.collect_static_files()
        greet(place, address)
        serving.serve(address, open_browser=not no_browser)


def require_host_names(host: str) -> None:
    """Raise `SettingsError` when others may come in and nobody said under which name."""
    if not os.environ.get("LIANZHANG_HOSTS"):
        raise SettingsError(
            Text(
                f"监听 {host} 会让别的机器访问，须先声明网站的域名。",
                f"Listening on {host} lets other machines in, so the site's name must be declared.",
            ),
            Text(
                "请设环境变量 LIANZHANG_HOSTS=域名，并在前面放一个 HTTPS 反向代理（见 docs/operating.md）。",
                "Set LIANZHANG_HOSTS=name and put an HTTPS proxy in front (see docs/operating.md).",
            ),
        )


def refuse_demo(home: Path) -> None:
    """A demonstration's data must never become real ones by mistake."""
    from lianzhang.cli.demo_home import MARKER

    if (home / MARKER).exists():
        raise SettingsError(
            Text(f"{home} 是演示用的数据文件夹。", f"{home} is the data folder of a demonstration."),
            Text("正式使用请用 --home 另选一个文件夹。", "For real use choose another folder with --home."),
        )


def greet(place: Installation, address: Address) -> None:
    """Say where everything is, and hand over the first administrators' links once."""
    from lianzhang.web.people.actions import first_administrators

    links = first_administrators()
    say(Text(f"数据文件夹：{place.home}", f"Data folder: {place.home}"))
    for person, link in links:
        url = address.url.rstrip("/") + link
        say(
            Text(
                f"{person.name}首次设置口令（72小时内有效一次）：{url}",
                f"{person.username}, first password (works once, for 72 hours): {url}",
            )
        )
    if links:
        say(Text("三位管理员应由三个人分别担任。", "The three administrators should be three people."))
    say(Text(f"网址：{address.url} 按 Ctrl-C 停止。", f"Address: {address.url} Ctrl-C stops it."))
