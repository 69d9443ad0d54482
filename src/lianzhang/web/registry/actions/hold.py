"""Keep enterprises in the registry while something that points to them is written."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from lianzhang.kernel import Conflict, Text
from lianzhang.web.registry import queries

_SHARE = "SELECT 1 FROM registry_enterprise WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE"


def hold(*enterprise_ids: str | None) -> None:
    """Let no undoing withdraw these enterprises before the caller's transaction ends; None holds nothing.

    Whoever points to an enterprise calls this first, in the transaction that writes. Raises Conflict when one was
    withdrawn since it was read. Imports and officers may write about it meanwhile.
    """
    ids = {pk for pk in enterprise_ids if pk}
    share(ids)
    # Asked anew: what was withdrawn while we waited is seen now.
    refuse_withdrawn(ids - queries.stored(ids).keys())


def share(ids: Iterable[str]) -> None:
    """Wait for an undoing of these enterprises, and let none begin; whether they are still there is not asked."""
    if connection.vendor != "postgresql":
        return  # SQLite lets one transaction write at a time anyhow.
    # A foreign key is checked at the commit, too late, and is content with a withdrawn row.
    with connection.cursor() as cursor:
        cursor.execute(_SHARE, [sorted(ids)])


def refuse_withdrawn(gone: Iterable[str]) -> None:
    """Raise Conflict for the first of these that was in the registry once."""
    names = queries.names_of(gone)
    if names:
        raise withdrawn(names[min(names)])


def withdrawn(name: str) -> Conflict:
    """The enterprise, or title, is no longer in the registry, because the import that brought it was undone."""
    return Conflict(
        Text(
            f"“{name}”刚被撤出企业库：带来它的那批导入撤销了。",
            f"“{name}” has just left the registry: the import that brought it was undone.",
        ),
        Text(
            "请在企业库里查现在的记录，再办；查不到的，先新增或导入。",
            "Look for its present record and go on with that; where there is none, add or import it first.",
        ),
    )
