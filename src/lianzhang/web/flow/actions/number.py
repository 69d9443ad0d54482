"""Give a case its two numbers."""

from __future__ import annotations

import secrets

from django.db import transaction

from lianzhang.casework import file_number, public_number
from lianzhang.casework.numbering import RANDOM_BYTES
from lianzhang.kernel import clock
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.models import Counter


def number(row: CaseColumns) -> None:
    """Set the office's number and the public one. Two cases never get the same, and none is left out."""
    year = clock.today().year
    with transaction.atomic():
        counter, _ = Counter.objects.select_for_update().get_or_create(kind=row.kind, year=year)
        counter.last += 1
        counter.save(update_fields=["last"])
    row.number = file_number(row.kind, year, counter.last)
    row.public_number = public_number(secrets.token_bytes(RANDOM_BYTES))
