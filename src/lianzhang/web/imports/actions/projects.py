"""Hand the rows of a table of projects to the desk of projects, and take them back from it."""

from __future__ import annotations

import polars as pl
from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, LianzhangError, Text
from lianzhang.tables.difference import Outcome, canonical
from lianzhang.web.imports import background
from lianzhang.web.imports.examining import Examined
from lianzhang.web.imports.models import Batch, ProjectRow
from lianzhang.web.imports.projects import Homes, project_of, regions_of_builders, told_of
from lianzhang.web.projects.actions import Taken, give_back, take_over

_INNER = frozenset({"row", "outcome", "known", "like", "firm", "identity", "project_id"})
#: Projects named in the word on why a batch cannot be taken back.
_NAMED = 5


def write_projects(actor: Actor, batch: Batch, examined: Examined) -> None:
    """Take over every project that is new or changed. Part of the transaction that writes the batch."""
    wanted = examined.difference.outcomes.filter(
        pl.col("outcome").is_in([Outcome.NEW.value, Outcome.CHANGED.value])
    )
    rows = wanted.join(canonical(examined.checked.good), on="row", how="left", maintain_order="left")
    homes, regions = Homes(actor), regions_of_builders(rows)
    with transaction.atomic():
        for done, row in enumerate(rows.iter_rows(named=True), 1):
            told = told_of(
                row, homes.of(row, regions.get(row["row"], "")), source=batch.source, as_of=batch.as_of
            )
            taken = take_over(actor, told, project_id=project_of(row["project_id"]))
            ProjectRow.objects.create(
                batch=batch,
                identity=row["identity"],
                name=row["project"],
                enterprise=row["firm"] or "",
                values={key: value for key, value in row.items() if value is not None and key not in _INNER},
                project=taken.project,
                before=taken.before,
                after=taken.after,
            )
            background.tell(batch.pk, "writing", 0.99 * done / rows.height)


def take_projects_back(actor: Actor, batch: Batch) -> int:
    """Give every project of the batch back; returns how many. All of them or none.

    Raises Conflict naming those that cannot be, each with its reason.
    """
    rows, kept = list(batch.projects.order_by("-pk")), []
    with transaction.atomic():
        for row in rows:
            if row.project is None:
                continue
            taken = Taken(row.project, row.before, row.after or {})
            try:
                give_back(actor, taken, reason=f"撤销导入：{batch.name}"[:200])
            except LianzhangError as error:
                kept.append((row.name, error))
        if kept:
            raise _cannot(kept)
    return len(rows)


def _cannot(kept: list[tuple[str, LianzhangError]]) -> Conflict:
    said = [Text(f"“{name}”：{error.what.zh}", f"“{name}”: {error.what.en}") for name, error in kept[:_NAMED]]
    return Conflict(
        Text(
            f"有{len(kept)}个项目不能撤销，整批没有撤销。" + " ".join(text.zh for text in said),
            f"{len(kept)} projects cannot be taken back, so none was. " + " ".join(text.en for text in said),
        ),
        Text(
            "请先处理这几个项目，再撤销；或只在项目页面上改正有误的内容。",
            "Deal with these first and undo again, or correct what is wrong on the pages of the projects.",
        ),
    )
