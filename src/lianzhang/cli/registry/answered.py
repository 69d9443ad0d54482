"""What `lianzhang registry import` says of the names that somebody of the chain office decided for an earlier table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lianzhang.cli.speech import console, worded
from lianzhang.kernel import Text

if TYPE_CHECKING:
    from lianzhang.web.imports.examining import Examined

#: Rows of the terminal's table; `--json` has them all.
_SHOWN = 20


def answered(examined: Examined) -> list[dict[str, Any]]:
    """By row, whom a name was taken for (null: none of those offered), who said so and when."""
    from lianzhang.web.imports.answers import NEW
    from lianzhang.web.imports.preview import remembered

    return [
        {
            "row": examined.checked.parts.get(one.row, one.row),
            "name": one.name,
            "enterprise": None if one.answer == NEW else one.answer,
            "by": one.said.by if one.said else "",
            "on": one.said.on.isoformat() if one.said else "",
        }
        for one in remembered(examined)
    ]


def print_answered(examined: Examined) -> None:
    """The same as a table; nothing where nothing was decided before."""
    from rich.table import Table

    from lianzhang.web.registry.queries import names_of

    found = answered(examined)
    if not found:
        return
    names = names_of({one["enterprise"] for one in found if one["enterprise"]})
    none = worded(Text("都不是，另算一家", "none of those offered"))
    table = Table(show_lines=False)
    for head in (
        Text("行", "row"),
        Text("名称", "name"),
        Text("认作", "taken for"),
        Text("谁判断的", "said by"),
    ):
        table.add_column(worded(head))
    for one in found[:_SHOWN]:
        firm = one["enterprise"]
        meant = f"{names.get(firm, '')}（{firm}）" if firm else none
        table.add_row(str(one["row"]), one["name"], meant, f"{one['by']} {one['on']}")
    console().print(
        worded(
            Text(
                f"{len(found)}个名称按链长办以前的判断办；要改判，请在网页上导入这份表：",
                f"{len(found)} names were taken as the chain office said before; to say otherwise, import the "
                "table on the web:",
            )
        )
    )
    console().print(table)
