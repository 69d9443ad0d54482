"""Acts on requests, with what only requests have: the main one of a merger, a confirmation with a rating."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel import LianzhangError, Text
from lianzhang.web.cases.models import Request
from lianzhang.web.flow.actions.perform import perform
from lianzhang.web.flow.attachments import Fit


def act(
    actor: Actor,
    subject: UUID,
    action: str,
    given: Mapping[str, Any],
    *,
    version: int | None = None,
    files: Iterable[Fit] = (),
) -> Request:
    """Do `action`. A confirmation may carry the rating: two acts in one transaction."""
    given = dict(given)
    with transaction.atomic():
        main = _main(given, subject) if action == "merge" else None
        rating = given.pop("rating", None) if action == "confirm" else None
        row = perform(actor, Request, subject, action, given, version=version, files=files)
        if main is not None and row.state == "merged":
            row.main = main
            row.save(update_fields=["main"])
        if rating and row.state == "closed":
            row = perform(actor, Request, subject, "rate", {"rating": rating, "text": given.get("text")})
    return row


def _main(given: dict[str, Any], subject: UUID) -> Request:
    main = Request.objects.filter(number=str(given.get("main") or "").strip()).first()
    if main is None or main.state in ("merged", "withdrawn", "not_accepted", "draft"):
        raise LianzhangError(
            Text("没有可作主件的这个编号。", "There is no request of this number that can be the main one."),
            Text("请填办理中的诉求编号，例如 诉求〔2026〕0042号。", "Give the number of an open request."),
        )
    given["main"], given["self"] = str(main.pk), str(subject)
    return main
