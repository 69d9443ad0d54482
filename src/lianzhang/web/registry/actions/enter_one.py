"""Write about one enterprise from a page that was opened before, unless somebody has written since."""

from __future__ import annotations

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.web.registry.actions.choose import locked
from lianzhang.web.registry.actions.enter import Entered, enter
from lianzhang.web.registry.actions.link import changed_meanwhile
from lianzhang.web.registry.entries import Entries, Source


def enter_if_unchanged(
    actor: Actor, enterprise_id: str, entries: Entries, *, source: Source, version: int
) -> Entered:
    """Store the entries. Raises Conflict when the enterprise has been written to since `version` was read.

    The look and the writing are one: of two officers who send at the same moment the second is told.
    """
    with transaction.atomic():
        enterprise = locked(actor, enterprise_id, "enterprise.change")
        if enterprise.version != version:
            raise changed_meanwhile()
        return enter(actor, entries, source=source)
