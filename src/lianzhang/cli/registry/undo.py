"""`lianzhang registry undo`: one import taken back as a whole."""

from __future__ import annotations

from typing import Annotated

import typer

from lianzhang.cli.registry.places import DatabaseOption, HomeOption, JsonOption, act, print_json
from lianzhang.cli.speech import help_text, worded
from lianzhang.kernel import LianzhangError, Text

HELP = help_text("整批撤销一次导入（7天内）。", "Undo a whole import (within seven days).")


def undo(
    batch: Annotated[str, typer.Argument(metavar="BATCH", help=help_text("批次编号", "id of the import"))],
    as_json: JsonOption = False,
    home: HomeOption = "",
    database: DatabaseOption = "",
) -> None:
    """Take one import back."""
    from uuid import UUID

    try:
        wanted = UUID(batch.strip())
    except ValueError as error:
        raise LianzhangError(
            Text(f"“{batch}”不是批次编号。", f"“{batch}” is no id of an import."),
            Text("编号在导入结果的 batch 里。", "The id stands in the result of the import as batch."),
        ) from error
    actor = act(home, database)
    from lianzhang.web.imports.actions.undo import undo as take_back

    touched = take_back(actor, wanted)
    if as_json:
        print_json({"batch": str(wanted), "undone": True, "touched": touched})
    else:
        print(worded(Text(f"已撤销，涉及{touched}家（项）。", f"Undone; {touched} records were touched.")))
