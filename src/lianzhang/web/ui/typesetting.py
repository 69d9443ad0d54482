"""Documents on paper: what typst is told, and the PDF it makes (the extra `pdf`)."""

from __future__ import annotations

from collections.abc import Mapping

from lianzhang.kernel import LianzhangError, Text

#: Fonts with Chinese letters, the first that is installed.
FONTS = '("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC")'


class NoTypst(LianzhangError):
    """The program that makes PDFs is not installed."""


def quoted(text: str) -> str:
    """A string of typst's language: nothing in it is taken as markup."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", " ").replace("\n", " ") + '"'


def typeset(files: Mapping[str, str]) -> bytes:
    """The PDF of `main.typ`. Raises `NoTypst` where the extra is not installed."""
    try:
        import typst
    except ImportError as error:
        raise NoTypst(
            Text("这台服务器没有安装生成 PDF 的组件。", "This server cannot make PDFs."),
            Text(
                "请管理员安装 lianzhang[pdf]；也可用浏览器打印本页。",
                "Ask for lianzhang[pdf], or print the page from the browser.",
            ),
        ) from error
    made: bytes = typst.compile({name: text.encode() for name, text in files.items()})
    return made
