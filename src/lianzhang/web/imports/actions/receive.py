"""Take in a table: keep its bytes, note who brought it, and have it looked through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from lianzhang.casework import Actor, Subject
from lianzhang.kernel import Text, clock
from lianzhang.tables import TableRefused, need_kind
from lianzhang.tables.delimited import MAX_BYTES
from lianzhang.tables.opening import detect
from lianzhang.tables.titled import NOTHING, stated_of
from lianzhang.web.bulletins import originals
from lianzhang.web.imports import background
from lianzhang.web.imports.models import Batch
from lianzhang.web.imports.posts import as_acting
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import base_facts

#: Rows of a pasted block; more come as a file.
MOST_PASTED = 500
_LONGEST_NAME = 200


def receive(
    actor: Actor,
    content: bytes,
    *,
    kind: str,
    name: str,
    source: str = "",
    as_of: date | None = None,
    pasted: bool = False,
    keep_unverified: bool = False,
    stated: Mapping[str, str] = NOTHING,
    form_key: UUID | None = None,
    in_background: bool = True,
) -> Batch:
    """Take in one table. Raises `TableRefused` for what is no table at sight, and stores nothing then.

    `stated` is what counts for every row of a list of titles that does not say it itself.
    `form_key` becomes the batch's id, so that a form sent twice brings one batch.
    """
    require_for(actor, "import.bring", Subject(kind="import", organisation_id=actor.organisation_id))
    found = need_kind(kind, base_facts.dictionary())
    kind, stated = found.id, stated_of(found, stated)
    refuse_unfit(content, pasted=pasted)
    refuse_future(as_of)
    before = Batch.objects.filter(pk=form_key).first() if form_key else None
    if before is not None:
        return before
    sha256 = originals.keep(content)
    with transaction.atomic():
        batch = Batch.objects.create(
            pk=form_key or uuid4(),
            kind=kind,
            name=short_name(name),
            sha256=sha256,
            size=len(content),
            pasted=pasted,
            source=(source.strip() or short_name(name))[:200],
            as_of=as_of,
            keep_unverified=keep_unverified,
            stated=stated,
            uploaded_by_id=actor.person_id,
            organisation_id=actor.organisation_id or "",
            acting=as_acting(actor),
        )
        told = {"name": batch.name, "kind": kind, "sha256": sha256, "size": batch.size, **stated}
        record(actor, "import.bring", f"import:{batch.pk}", after=told)
        if in_background:
            transaction.on_commit(lambda: background.enqueue(batch.pk))
    return batch


def refuse_unfit(content: bytes, *, pasted: bool = False) -> None:
    """Raise `TableRefused` for what can be told without opening it."""
    if pasted and content.count(b"\n") > MOST_PASTED + 10:
        raise TableRefused(
            Text(f"粘贴的内容超过{MOST_PASTED}行。", f"More than {MOST_PASTED} rows were pasted."),
            Text("请存成 .xlsx 或 CSV 上传。", "Save them as .xlsx or CSV and upload the file."),
        )
    if len(content) > MAX_BYTES:
        limit = MAX_BYTES // 2**20
        raise TableRefused(
            Text(f"文件超过{limit} MB的上限。", f"The file exceeds the limit of {limit} MB."),
            Text("请拆成几份上传。", "Split it into several files."),
        )
    if not content.strip():
        raise TableRefused(
            Text("文件是空的。", "The file is empty."),
            Text("请核对原文件，重新保存后再上传。", "Check the original and save it again."),
        )
    if not pasted:
        detect(content)


def refuse_future(as_of: date | None) -> None:
    """Raise `TableRefused` for a day to come: its values would count before those of every day until then."""
    if as_of is not None and as_of > clock.today():
        raise TableRefused(
            Text(f"数据截至 {as_of} 晚于今天。", f"The as-of day {as_of} is later than today."),
            Text("请填数据实际截至的那一天。", "Give the day up to which the data really speak."),
        )


def short_name(name: str) -> str:
    """The file name without folders and control characters, cut in the middle so that its ending stays."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if sign.isprintable()).strip() or "table"
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 21]}…{name[-20:]}"
