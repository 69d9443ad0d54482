"""`lianzhang read`: one document in, its claims out. Knows no database and no web."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianzhang.cli.speech import LanguageOption, console, help_text, language
from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    from lianzhang.kernel import Period

HELP = help_text(
    "读一份通报，列出其中每个数字：谁、什么、多少、何时、原文在哪。不入库。",
    "Read one bulletin and list each figure in it: who, what, how much, when, and where it says so. "
    "Nothing is stored.",
)


def read(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help=help_text(
                "txt、html、docx 或 pdf 文件；- 为标准输入",
                "a txt, html, docx or pdf file; - for standard input",
            ),
        ),
    ],
    published: Annotated[
        str,
        typer.Option(
            help=help_text(
                "发布日期，如 2025-08-15；用来算出“今年”“上半年”",
                "day of publication, such as 2025-08-15; dates like “this year” count from it",
            ),
            metavar="DATE",
            show_default=False,
        ),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("输出一个 JSON 对象", "print one JSON object"))
    ] = False,
    language_option: LanguageOption = "",
) -> None:
    """Print the claims of one document, as a table or as JSON."""
    content = document_bytes(file)
    from lianzhang.reading import read as read_document

    reading = read_document(content, name=None if file == "-" else Path(file).name, published=day(published))
    if as_json:
        from lianzhang.reading.record import as_json as record_of

        json.dump(record_of(reading), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        from lianzhang.cli.reading_tables import print_reading

        print_reading(reading, console(), language())
    if not reading.claims:
        raise no_figures()


def no_figures() -> UnreadableDocument:
    """What is said of a readable text that states nothing."""
    return UnreadableDocument(
        Text("没有读到数字、称号或项目。", "No figure, title or project was found."),
        Text(
            "请确认这是通报的正文；扫描件请先转成文字。",
            "Check that this is the text of a bulletin; turn a scan into text first.",
        ),
    )


def day(text: str) -> Period | None:
    """The publication date as a period; None when none was given."""
    from lianzhang.kernel import Period

    return Period.parse(text.strip()) if text.strip() else None


def document_bytes(file: str) -> bytes:
    """The bytes of a file or of standard input; raises `UnreadableDocument` with the way out."""
    if file == "-":
        return sys.stdin.buffer.read()
    if file.lower().startswith(("http://", "https://", "www.")):
        raise UnreadableDocument(
            Text(f"“{file}”是网址，不是文件。", f"“{file}” is a web address, not a file."),
            Text(
                "请先在浏览器中打开并另存为文件，或复制正文后用 lianzhang read - 粘贴。",
                "Open it in a browser and save it, or copy the text and paste it to lianzhang read -.",
            ),
        )
    path = Path(file)
    if path.is_dir():
        raise UnreadableDocument(
            Text(f"“{file}”是文件夹。", f"“{file}” is a folder."),
            Text("请指定其中一份文件。", "Name one file in it."),
        )
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableDocument(
            Text(f"没有文件“{file}”。", f"There is no file “{file}”."),
            Text("请核对路径和文件名。", "Check the path and the name."),
        ) from error
    except OSError as error:
        raise UnreadableDocument(
            Text(f"打不开“{file}”（{error.strerror}）。", f"“{file}” cannot be opened ({error.strerror})."),
            Text("请核对读取权限。", "Check that you may read it."),
        ) from error
