"""Beside requests, the rest of a living office: needs shared by consent, visits, problems, reports on the ten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from lianzhang.kernel import clock

if TYPE_CHECKING:
    from lianzhang.casework import Actor

CHAIN = "equipment"


def add(
    content: Mapping[str, Sequence[Mapping[str, Any]]], people: Mapping[str, Actor], units: Mapping[str, Any]
) -> None:
    """Make the samples of the pack, each by the hand it belongs to; `units` are organisations by name."""
    for row in content["needs"]:
        _need(row, people)
    for row in content["visits"]:
        _visit(row, people, units)
    for row in content["problems"]:
        _problem(row, people)
    for row in content["ten"]:
        _report(row, people)
    _charges(people)


def _need(row: Mapping[str, Any], people: Mapping[str, Actor]) -> None:
    from lianzhang.web.pairings.actions import act, raise_need

    wanted = ("sort", "title", "text", "amount", "revenue_band")
    contact = {"contact_name": "样例联系人", "phone": "13800000000"}
    need = raise_need(
        people["enterprise"], {**{name: row[name] for name in wanted if name in row}, **contact}, sample=True
    )
    for step in row["steps"]:
        given: dict[str, Any] = {"text": step["text"]} if "text" in step else {}
        named: dict[str, Any] = {}
        if step["do"] == "share":
            given = {
                "partner": people[step["with"]].organisation_id,
                "date": _promised(step["until_in_days"]),
                "consent": True,
            }
            named = {"fields": step["fields"], "purpose": "仅用于本次对接（样例）"}
        act(people[step["by"]], need.pk, step["do"], given, **named)


def _promised(days: int) -> date:
    """So many days ahead, or the last day that can be promised while the next year is not announced."""
    from lianzhang.web.flow import rules

    wanted, calendar = clock.today() + timedelta(days=days), rules.calendar()
    return wanted if calendar.knows(wanted) else date(calendar.last_year, 12, 31)


def _visit(row: Mapping[str, Any], people: Mapping[str, Actor], units: Mapping[str, Any]) -> None:
    from lianzhang.web.visits.actions import plan_visit, record_visit

    day = clock.today() + timedelta(days=row["in_days"])
    hand = people[row["by"]]
    visit = plan_visit(hand, units[row["firm"]], day, purpose=row["purpose"], sample=True)
    if "record" in row:
        record_visit(hand, visit.pk, row["record"], findings=row["findings"])


def _problem(row: Mapping[str, Any], people: Mapping[str, Actor]) -> None:
    from lianzhang.web.problems.actions import find_problem

    content = {name: row[name] for name in ("sort", "title", "text", "node", "source")}
    find_problem(people[row["by"]], content, chain_id=CHAIN, sample=True)


def _report(row: Mapping[str, Any], people: Mapping[str, Actor]) -> None:
    from lianzhang.web.ledgers.actions.report_ten import report_ten

    hand = people[row["by"]]
    report_ten(hand, CHAIN, str(hand.region_code), row["item"], state=row["state"], evidence=row["evidence"])


def _charges(people: Mapping[str, Actor]) -> None:
    """Three of the invented firms in the chief's charge; without invented firms there is nothing to give."""
    from lianzhang.web.charges.actions import give_charge
    from lianzhang.web.registry.queries import every

    for firm in every().filter(sample=True).order_by("pk")[:3]:
        give_charge(people["officer"], people["chief"].person_id, firm.pk, CHAIN)
