"""Give requests of a firm without accounts to its people, once it has some."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from lianzhang.casework import PROGRAM
from lianzhang.web.cases.models import Request
from lianzhang.web.flow import mapping, rules
from lianzhang.web.flow.actions.perform import locked
from lianzhang.web.flow.queries import clocks_of
from lianzhang.web.journal.actions.record import record


def adopt() -> int:
    """Let every request whose record was linked with an organisation belong to it; how many were given."""
    linked = Coalesce(F("enterprise__merged_into__organisation"), F("enterprise__organisation"))
    waiting = Request.objects.filter(firm=None).exclude(enterprise=None).annotate(linked=linked)
    found = list(waiting.exclude(linked=None).values_list("pk", "linked"))
    for subject, organisation in found:
        with transaction.atomic():
            row = locked(Request, subject)
            row.firm_id = organisation
            mapping.put(row, mapping.case_of(row, clocks_of(row)), rules.calendar())
            row.save(update_fields=["firm", "owner", "owner_party"])
            record(PROGRAM, "request.adopt", f"request:{row.pk}", after={"firm": organisation})
    return len(found)
