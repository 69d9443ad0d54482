"""Set the first password through a one-time link."""

from __future__ import annotations

from django.db import transaction

from lianzhang.kernel import Conflict, Text
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.actions.issue_link import use_up
from lianzhang.web.people.actions.password import set_password
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import OneTimeLink


def use_link(link: OneTimeLink, password: str) -> None:
    """Use the link up and keep the checked password. Raises Conflict when it was used meanwhile."""
    with transaction.atomic():
        if not use_up(link):
            raise Conflict(
                Text("这个链接刚刚已被用过。", "This link has just been used."),
                Text(
                    "如果不是您本人所为，请立即告知安全管理员。",
                    "If it was not you, tell the security administrator.",
                ),
            )
        set_password(actor_for(link.person), link.person, password)
        record(actor_for(link.person), "link.use", f"person:{link.person_id}")
