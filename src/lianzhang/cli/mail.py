"""`lianzhang mail`: send what waits in the outbox."""

from __future__ import annotations

import json

import typer

from lianzhang.cli.speech import help_text, worded
from lianzhang.kernel import LianzhangError, Text

HELP = help_text("发送待发的邮件提醒。", "Send the e-mail notices that wait.")

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)

#: Exit code when some message could not be sent and waits for another try.
SOME_FAILED = 1


@app.callback()
def _commands() -> None:
    """Keep `send` a command of its own."""


@app.command(
    "send",
    help=help_text(
        "发送现在到点的邮件；失败的稍后重试。运行中的服务会自己发送，这条命令供另设定时任务时用。",
        "Send the messages that are due; failed ones are tried again later. A running server sends by itself; this "
        "is for installations that send from a timer.",
    ),
)
def send(
    as_json: bool = typer.Option(False, "--json", help=help_text("输出 JSON", "write JSON")),
) -> int:
    """One round."""
    _start()
    from lianzhang.web.mail import queries
    from lianzhang.web.mail.actions import send_due

    if not queries.is_on():
        raise LianzhangError(
            Text("没有接通邮件：LIANZHANG_MAIL 为空。", "Mail is off: LIANZHANG_MAIL is empty."),
            Text("请按 docs/settings.md 设置后再试。", "Set it as docs/settings.md says."),
        )
    done, left = send_due(most=10_000), queries.counts()
    if as_json:
        said = {"sent": done.sent, "failed": done.failed, "dropped": done.dropped, **_left(left)}
        print(json.dumps(said, ensure_ascii=False))
    else:
        print(
            worded(
                Text(
                    f"已发{done.sent}封，失败{done.failed}封；还有{left['waiting']}封待发，{left['given_up']}封已放弃。",
                    f"{done.sent} sent, {done.failed} failed; {left['waiting']} wait, {left['given_up']} given up.",
                )
            )
        )
    return SOME_FAILED if done.failed else 0


def _left(counts: dict[str, int]) -> dict[str, int]:
    return {"waiting": counts["waiting"], "given_up": counts["given_up"]}


def _start() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzhang.web.settings.laptop")
    django.setup()
    from django.db import connection

    if "mail_outgoingmail" not in connection.introspection.table_names():
        raise LianzhangError(
            Text("数据库尚未建立。", "The database was not set up."),
            Text("请先运行 lianzhang up。", "Run lianzhang up first."),
        )
