"""Keep what an officer says of the names of a table: whom one means, or that it is none of those offered."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import Conflict, Text
from lianzhang.web.imports.answers import NEW, SKIP
from lianzhang.web.imports.models import Batch, NameJudgement
from lianzhang.web.registry.search_keys import name_key


@transaction.atomic
def say_names(actor: Actor, batch: Batch, answers: Mapping[str, str]) -> None:
    """Add a judgement for each answer, by address; the next table of the same office knows it.

    Raises Conflict for an answer that the preview does not offer: the preview has changed, or the form is forged.
    """
    preview = batch.preview or {}
    asked = {
        item.get("address", str(item["row"])): item
        for item in (*preview.get("linked", ()), *preview.get("duplicates", ()))
    }
    for address, answer in answers.items():
        item = asked.get(address)
        if item is None or answer not in (*item.get("like", ()), NEW, SKIP):
            raise Conflict(
                Text("这一行没有这个选项了。", "This row no longer offers that answer."),
                Text("请看现在的预览，再判断。", "See the present preview and decide."),
            )
        if answer != SKIP:
            NameJudgement.objects.create(
                organisation_id=batch.organisation_id,
                key=name_key(item["name"])[:200],
                code=item.get("code", ""),
                name=item["name"][:200],
                enterprise="" if answer == NEW else answer,
                offered=" ".join(item["like"]),
                batch=batch,
                by_id=actor.person_id,
            )
