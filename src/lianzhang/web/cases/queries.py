"""Reads of requests. The first argument is always who asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from lianzhang.casework import Actor
from lianzhang.casework.flow import FLOWS, SHOWN
from lianzhang.kernel import clock
from lianzhang.web.cases import contact
from lianzhang.web.cases.models import Request, RequestTable
from lianzhang.web.flow.keyset import Order, Window, window
from lianzhang.web.flow.queries import mine_to_do, reach
from lianzhang.web.people.queries import UNITS, directory
from lianzhang.web.registry.queries import cluster_of
from lianzhang.web.registry.queries import one as visible_record

#: States of a request that is still being worked on.
OPEN = tuple(
    state.name
    for state in FLOWS["request"].states
    if not state.final and state.name not in ("draft", "closed", "rated")
)


def visible_to(actor: Actor) -> QuerySet[Request]:
    """The requests that `actor` may see: the same answer as `may(actor, "request.see", …)` for each row.

    Drafts are seen by the firm that writes them, or the organisation that writes for it.
    """
    drafts = Q(state="draft") & ~Q(firm_id=actor.organisation_id) & ~Q(filed_for_id=actor.organisation_id)
    return Request.objects.filter(reach(actor, "request")).exclude(drafts)


def one(actor: Actor, subject: UUID) -> Request | None:
    """One visible request with everything its page shows."""
    related = ("chain", "firm", "enterprise", "lead", "owner", "handler", "main", "filed_by")
    return visible_to(actor).select_related(*related).filter(pk=subject).first()


def listed(actor: Actor, wanted: Mapping[str, Any]) -> QuerySet[Request]:
    """Visible requests narrowed by the filters of the list: `words`, `shown`, `topic`, `late`, `chain`."""
    rows = visible_to(actor).exclude(state="draft").select_related("firm", "enterprise", "lead", "owner")
    rows = rows.defer("text", "wish", "contact_phone")
    for word in str(wanted.get("words") or "").split()[:5]:
        # Chinese has no case, and folding the case of every text costs a large database most of the time.
        how = "contains" if word.lower() == word.upper() else "icontains"
        said = (Q(**{f"{column}__{how}": word}) for column in ("title", "text", "number"))
        rows = rows.filter(reduce(or_, said))
    shown = wanted.get("shown")
    if shown in SHOWN:
        rows = rows.filter(
            state__in=[state.name for state in FLOWS["request"].states if state.shown == shown]
        )
    if wanted.get("topic"):
        rows = rows.filter(topic=wanted["topic"])
    if wanted.get("late"):
        # Said in a way that keeps the state's index out: the database is to walk in the order of the promises.
        rows = rows.alias(standing=Coalesce("state", Value("")))
        rows = rows.filter(standing__in=OPEN, promise__lt=clock.now())
    return rows.order_by("-created", "-pk")


#: How the list is ordered: the newest first, overdue ones by how long they have been so.
NEWEST, LONGEST_LATE = Order("created"), Order("promise", newest_first=False)


def page_of(actor: Actor, wanted: Mapping[str, Any], asked: Mapping[str, str], size: int) -> Window:
    """One page of the list; `asked` is the query of the address with the place in the list."""
    return window(listed(actor, wanted), LONGEST_LATE if wanted.get("late") else NEWEST, asked, size)


def requests_of_enterprise(actor: Actor, enterprise_id: str) -> QuerySet[Request]:
    """Requests of one enterprise of the registry that the actor may see, newest first, with unit and state.

    They are found under every record merged with it, and under the organisation linked with any of these,
    whether the link was made before the request or after it. Drafts are left out.
    """
    records = cluster_of([enterprise_id])
    theirs = Q(enterprise__in=records) | Q(firm__enterprise__in=records)
    rows = visible_to(actor).filter(theirs).exclude(state="draft").distinct()
    return rows.select_related("firm", "enterprise", "lead", "owner").order_by("-created")


def open_requests_of(actor: Actor, records: Iterable[str]) -> dict[str, int]:
    """How many open requests of each of these records the actor sees, in one question to the database."""
    wanted = list(records)
    rows = visible_to(actor).filter(state__in=OPEN).order_by()
    rows = rows.annotate(record=Coalesce("enterprise_id", "firm__enterprise__id")).filter(record__in=wanted)
    return dict(rows.values_list("record").annotate(n=Count("pk")))


def todo(actor: Actor) -> QuerySet[Request]:
    """Requests that wait for the actor's organisation, the earliest end first."""
    rows = mine_to_do(actor, Request).exclude(state__in=("closed", "rated", "draft"))
    rows |= mine_to_do(actor, Request).filter(state="rated", due__isnull=False)
    return (
        rows.select_related("firm", "enterprise", "lead", "owner")
        .defer("text", "wish", "contact_phone")
        .order_by("due", "created")
    )


def overdue(actor: Actor) -> QuerySet[Request]:
    """Open requests whose promised day has passed, the longest overdue first: what a chief presses on."""
    return LONGEST_LATE.sorted(listed(actor, {"late": True}))


def to_assign(actor: Actor) -> QuerySet[Request]:
    """Requests that wait to be assigned, returned ones on top, then the oldest first."""
    rows = (
        visible_to(actor)
        .filter(state__in=("submitted", "disputed"))
        .select_related("firm", "enterprise", "lead", "owner")
    )
    return rows.defer("wish", "contact_phone").order_by("state", "created")


def drafts(actor: Actor) -> QuerySet[Request]:
    """What the actor's organisation has begun and not sent."""
    mine = Q(firm_id=actor.organisation_id, filed_for=None) | Q(filed_for_id=actor.organisation_id)
    return Request.objects.filter(mine, state="draft").order_by("-touched")


def found(public_number: str, last_four: str) -> Request | None:
    """The request of this public number, if the last four digits of its contact's phone are right.

    For people who are not signed in: whoever calls must limit the tries.
    """
    row = Request.objects.filter(public_number=public_number).first()
    check = contact.check_of(last_four)
    return row if row is not None and check and row.phone_check == check else None


def helpers_of(row: Request) -> list[str]:
    """The names of the helping units."""
    return [str(unit) for unit in directory(*UNITS).filter(pk__in=row.helpers)]


def tables(actor: Actor) -> QuerySet[RequestTable]:
    """Tables that the actor's office brought, newest first."""
    rows = RequestTable.objects.filter(organisation_id=actor.organisation_id)
    return rows.select_related("by").defer("lines")


def table(actor: Actor, table_id: UUID) -> RequestTable | None:
    """One of them with its rows."""
    rows = RequestTable.objects.filter(organisation_id=actor.organisation_id)
    return rows.select_related("by").filter(pk=table_id).first()


def profile_of(actor: Actor, row: Request) -> str | None:
    """The id of the enterprise whose page the actor may open from this request."""
    linked = getattr(row.firm, "enterprise", None) if row.firm is not None else None
    record = row.enterprise or linked
    head = record.merged_into_id or record.pk if record is not None else None
    return head if head and visible_record(actor, head) is not None else None


def for_agenda(actor: Actor) -> QuerySet[Request]:
    """Open requests that belong on the table: overdue, across units, marked, twice refused."""
    rows = visible_to(actor).filter(state__in=OPEN).select_related("firm", "enterprise", "lead")
    overdue = Q(promise__lt=clock.now())
    return rows.filter(
        overdue | Q(matter="several") | Q(state="consultation") | Q(marks__icontains="for_agenda")
    )
