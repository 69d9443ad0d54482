"""The living office of a demonstration: sample requests at every stage, each act by the hand it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from lianzhang.kernel import clock
from lianzhang.kernel.pack import open_pack

if TYPE_CHECKING:
    from lianzhang.casework import Actor
    from lianzhang.web.people.actions import Account

FILE = "office.yaml"
#: Who files what has no filer of its own, and with which contact; the number is one that is never given out.
FIRM_USER, CONTACT = "enterprise", {"contact_name": "样例联系人", "phone": "13800000000"}


@dataclass
class Office:
    """The people by account name, the organisations by name, and how many samples were made."""

    people: Mapping[str, Actor]
    bureau: str
    units: dict[str, Any] = field(default_factory=dict)
    requests: int = 0


def build(accounts: Sequence[Account]) -> Office:
    """Make the sample requests, act after act in the order of time."""
    from lianzhang.web.flow.actions import tick
    from lianzhang.web.people.identity import actor_for

    content = open_pack("demo").read_yaml(FILE)
    people = {account.person.username: actor_for(account.person) for account in accounts}
    office = Office(people, content["bureau"])
    _organisations(office, content["organisations"])
    now, acts = clock.now(), []
    for number, row in enumerate(content["requests"]):
        began = now - timedelta(days=float(row["began"]))
        acts.append((began, number, row, None))
        for step in row["steps"]:
            acts.append((began + timedelta(days=float(step["after"])), number, row, step))
    made: dict[int, Any] = {}
    for at, number, row, step in sorted(acts, key=lambda act: act[0]):
        _do(office, at, made, number, row, step)
    office.requests = len(made)
    tick()
    return office


def _do(
    office: Office, at: datetime, made: dict[int, Any], number: int, row: Mapping[str, Any], step: Any
) -> None:
    with clock.fixed(at):
        made[number] = _file(office, row) if step is None else _act(office, made[number], step)


def _organisations(office: Office, rows: Sequence[Mapping[str, Any]]) -> None:
    from lianzhang.web.people.actions import create_organisation
    from lianzhang.web.people.queries import directory

    for row in rows:
        create_organisation(**row)
    known = directory("chain_office", "department", "county", "enterprise")
    office.units.update({unit.name: unit for unit in known})


def _file(office: Office, row: Mapping[str, Any]) -> Any:
    from lianzhang.web.cases.actions import begin_draft, file_for, save_draft, submit_draft

    content = {name: row[name] for name in ("topic", "title", "text", "wish", "channel") if name in row}
    if "filed_by" in row:
        firm = office.units[row["firm"]]
        return file_for(office.people[row["filed_by"]], firm, {**content, **CONTACT}, sample=True)
    firm_user = office.people[FIRM_USER]
    draft = begin_draft(firm_user, content, sample=True)
    save_draft(firm_user, draft.pk, CONTACT)
    return submit_draft(firm_user, draft.pk, version=None)


def _act(office: Office, request: Any, step: Mapping[str, Any]) -> Any:
    from lianzhang.web.cases.actions import act

    given = {name: value for name, value in step.items() if name not in ("by", "do", "after")}
    if "unit" in given:
        name = office.bureau if given["unit"] == "bureau" else given["unit"]
        given["unit"] = str(office.units[name].pk)
    return act(office.people[step["by"]], request.pk, step["do"], given)
