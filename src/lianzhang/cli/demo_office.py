"""The living office of a demonstration: sample requests at every stage, each act by the hand it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lianzhang.casework import CalendarUnknown
from lianzhang.cli import demo_pairs
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
    for row in content["projects"]:
        _project(office, row)
    _meeting(office, content["meeting"])
    demo_pairs.add(content, office.people, office.units)
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


def _project(office: Office, row: Mapping[str, Any]) -> None:
    """A project of the public reports, with a sample stage, milestones, promises and a factor need."""
    from lianzhang.web.projects.actions import add_milestone, ask_factor, begin_project, promise

    today = clock.today()
    county = office.people["county"]
    actor = office.people["officer"]
    hands = {"county": county, "bureau": office.people["department"]}
    hand = hands.get(row["lead"], actor)
    lead = office.units[hand.organisation_name if row["lead"] in hands else row["lead"]]
    content = {name: row[name] for name in ("title", "source", "place", "summary", "quality") if name in row}
    content["stage_since"] = today - timedelta(days=row["since"])
    made = begin_project(actor, content, chain_id="equipment", lead=lead, state=row["stage"], sample=True)
    for one in row.get("milestones", ()):
        add_milestone(hand, made.pk, one["name"], today + timedelta(days=one["in_days"]))
    for one in row.get("promises", ()):
        promise(hand, made.pk, one["measure"], Decimal(str(one["value"])), one["unit"])
    if "factor" in row:
        ask_factor(hand, made.pk, row["factor"])


def _meeting(office: Office, row: Mapping[str, Any]) -> None:
    """A consultation prepared from what waits, on the first working day after so many days."""
    from lianzhang.web.chains.queries import visible_to
    from lianzhang.web.flow import rules
    from lianzhang.web.meetings.actions import compile_meeting

    officer = office.people["officer"]
    chain = next(chain for chain in visible_to(officer) if chain.pk == "equipment")
    wanted = clock.today() + timedelta(days=row["in_days"])
    try:
        day = rules.calendar().first_working_day_from(wanted)
    except CalendarUnknown:
        # At the turn of a year whose successor is not announced: today's week must do.
        day = rules.calendar().add(clock.today(), 1)
    compile_meeting(
        officer, chain, day=day, title=row["title"], place=row["place"], chair=row["chair"], sample=True
    )
