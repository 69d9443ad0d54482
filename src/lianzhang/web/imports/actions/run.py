"""The whole way of one file in one go, as the command line has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text
from lianzhang.tables.titled import NOTHING
from lianzhang.web.imports import queries
from lianzhang.web.imports.actions.commit import confirm, write
from lianzhang.web.imports.actions.receive import receive, refuse_future, refuse_unfit
from lianzhang.web.imports.actions.turn import own_turn
from lianzhang.web.imports.examining import Examined, Wishes, examine, nobody
from lianzhang.web.imports.models import Batch
from lianzhang.web.imports.preview import preview_of


def run(
    actor: Actor,
    content: bytes,
    *,
    kind: str,
    name: str,
    source: str = "",
    as_of: date | None = None,
    keep_unverified: bool = False,
    all_or_nothing: bool = False,
    dry_run: bool = False,
    stated: Mapping[str, str] = NOTHING,
    tell: Callable[[str, float], None] = nobody,
) -> tuple[Batch | None, Examined]:
    """Look a file through and, unless `dry_run`, write its good rows, atomic as its turn is. Nothing else is kept."""
    refuse_unfit(content)
    refuse_future(as_of)
    wishes = Wishes(
        kind=kind,
        remembered=queries.remembered(kind),
        names=queries.names_said(*queries.offices_of(actor)),
        keep_unverified=keep_unverified,
        as_of=as_of,
        stated=stated,
    )
    examined = examine(actor, content, wishes)
    if all_or_nothing and examined.checked.bad_rows:
        count = examined.checked.bad_rows
        raise LianzhangError(
            Text(f"有{count}行有错，一行也没有写入。", f"{count} rows are bad; no row was written."),
            Text("请改好再导入；--rejects 可得到坏行。", "Correct them; --rejects gives the bad rows."),
        )
    if dry_run:
        return None, examined
    with own_turn(tell):
        batch = receive(
            actor,
            content,
            kind=kind,
            name=name,
            source=source,
            as_of=as_of,
            keep_unverified=keep_unverified,
            stated=stated,
            in_background=False,
        )
        batch.preview = preview_of(examined)
        batch.state = Batch.State.PREVIEW
        batch.save(update_fields=["preview", "state"])
        confirmed = confirm(actor, batch.pk, version=batch.version, in_background=False)
        examined = write(confirmed, _first(examined, lambda: examine(actor, content, wishes)), tell=tell)
    return Batch.objects.get(pk=batch.pk), examined


def _first(examined: Examined, then: Callable[[], Examined]) -> Callable[[], Examined]:
    """Gives what has been seen already, and after that looks anew."""
    seen = iter([examined])
    return lambda: next(seen, None) or then()
