"""Where the commands of naming take their enterprises from: a file, or the database."""

from __future__ import annotations

import os

from lianzhang.cli.registry.name_files import UnusableNames, read_registry
from lianzhang.kernel.text import Text
from lianzhang.naming import Listed, NameIndex, places_of_pack


def index_from(file: str) -> NameIndex:
    """The index of a registry file, or of the database where no file is given."""
    return NameIndex.of(read_registry(file) if file else _stored(), places=places_of_pack())


def _stored() -> list[Listed]:
    """The enterprises of the database; raises `UnusableNames` where there are none."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzhang.web.settings.laptop")
    django.setup()
    from django.db import DatabaseError

    from lianzhang.web.registry import queries

    try:
        rows = queries.index_rows()
    except DatabaseError:
        rows = []
    if not rows:
        raise UnusableNames(
            Text("数据库里还没有企业。", "The database has no enterprises yet."),
            Text(
                "请先导入企业，或用 --registry 指定名录文件；也请检查 LIANZHANG_HOME 与 LIANZHANG_DATABASE。",
                "Import enterprises first, or name a file with --registry; "
                "check LIANZHANG_HOME and LIANZHANG_DATABASE as well.",
            ),
        )
    return [
        Listed(
            id=row["id"],
            name=row["name"],
            former=tuple(row["former_names"]),
            short=tuple(row["short_names"]),
            english=tuple(row["english_names"]),
            county=row["region"] or "",
        )
        for row in rows
    ]
