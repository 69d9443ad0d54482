"""Tell those whom a row of a table or a rung of a ladder names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from lianzhang.casework import FLOWS, Colour, Party, Role
from lianzhang.kernel import Text, clock
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.models import Notice
from lianzhang.web.flow.refusals import action_label
from lianzhang.web.mail.actions import write
from lianzhang.web.mail.queries import KINDS, is_on
from lianzhang.web.people.queries import addressed, serves_in

#: What the subject of a mail says besides the kind of case when it is no reminder.
_NEWS = Text("有新进展", "news")


def tell_of_act(row: CaseColumns, action: str, parties: Iterable[Party], *, besides: str | None) -> None:
    """A notice of an act to each party but the organisation that did it."""
    label, flow = action_label(row.kind, action), FLOWS[row.kind]
    state = flow.state(row.state).label
    said = Text(
        f"{flow.label.zh} {row}：{label.zh}，现为“{state.zh}”。",
        f"{flow.label.en} {row}: {label.en}; now “{state.en}”.",
    )
    for party in parties:
        for address in addresses(row, str(party)):
            if besides is None or str(address.get("organisation_id")) != str(besides):
                _tell(row, address, said)


def tell_of_rung(row: CaseColumns, tells: str, colour: Colour, what: Text) -> None:
    """A reminder of a rung."""
    flow = FLOWS[row.kind]
    said = Text(
        f"{colour.label.zh}：{flow.label.zh} {row} 的{what.zh}。",
        f"{colour.label.en.capitalize()}: {what.en} of {flow.label.en} {row}.",
    )
    for address in addresses(row, tells):
        _tell(row, address, said, colour)


def tell_person(kind: str, subject: Any, person_id: Any, said: Text) -> None:
    """A word to one person, whatever post they act in, about something that is no case."""
    with transaction.atomic():
        said_in = {"zh": said.zh, "en": said.en}
        notice = Notice.objects.create(
            kind=kind, subject=subject, at=clock.now(), said=said_in, person_id=person_id
        )
        _write(notice, KINDS[kind], _NEWS, said, people=[person_id])


def addresses(row: CaseColumns, tells: str) -> list[dict[str, Any]]:
    """To whom a party's word goes. An organisation's notice reaches whoever holds its posts when reading."""
    # Whoever has left the post is not waited for: the word goes to the whole unit.
    if tells == "handler" and row.handler_id is not None and serves_in(row.handler_id, row.lead_id):
        return [{"organisation_id": row.lead_id, "person_id": row.handler_id}]
    organisations = {
        "firm": [row.firm_id],
        "lead": [row.lead_id],
        "head": [row.lead_id],
        "handler": [row.lead_id],
        "partner": [row.partner_id],
        "helper": list(row.helpers),
    }
    if tells in organisations:
        found = [{"organisation_id": one} for one in organisations[tells] if one is not None]
        if found or tells in ("firm", "helper", "partner"):
            return found
    role = Role.chief if tells in ("chief", "general_chief") else Role.chain_officer
    return [{"role": role, "chain_id": row.chain_id}]


def _tell(row: CaseColumns, address: dict[str, Any], said: Text, colour: str = "") -> None:
    with transaction.atomic():
        notice = Notice.objects.create(
            kind=row.kind,
            subject=row.pk,
            at=clock.now(),
            said={"zh": said.zh, "en": said.en},
            colour=colour,
            **address,
        )
        chain = getattr(row, "chain", None)
        chains = (row.chain_id, getattr(chain, "parent_id", None))
        people = (
            addressed(
                organisation_id=address.get("organisation_id"),
                person_id=address.get("person_id"),
                role=address.get("role", ""),
                chains=chains,
            )
            if is_on()
            else ()
        )
        word = Colour(colour).label if colour else _NEWS
        _write(notice, FLOWS[row.kind].label, word, said, people=people)


def _write(notice: Notice, label: Text, word: Text, said: Text, *, people: Iterable[object]) -> None:
    what = Text(f"{label.zh}：{word.zh}", f"{label.en}: {word.en}")
    write(notice.kind, what, said, key=f"notice:{notice.pk}", people=people, path="/desk/notices/")
