"""Every address is visited as every role, and the answers are compared with a reviewed table.

The table is `url_roles.csv`: one line for each address, with the verb that its page asks for (`open` = for
everybody, `sign-in` = for everybody signed in) and one column for each role: `yes` (the page opens, or there
is merely no such object), `no` (refused), `login` (led to the sign-in page).
"""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lianzhang.casework import Role
from lianzhang.web.people.permission import verb_of
from tests.web.conftest import make_person

TABLE = Path(__file__).with_name("url_roles.csv")
ROLES = [role for role in Role if role is not Role.program]
#: Something to put into an address where it asks for a name or number of a thing: there is no such thing.
SAMPLES = {"uuid": uuid.UUID(int=0), "int": 0, "slug": "none", "str": "none", "path": "none"}


def addresses() -> dict[str, tuple[str, str]]:
    """Name of each address → (a sample of it, the verb that its page asks for)."""
    return dict(_addresses(get_resolver(), ""))


def _addresses(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            yield _address(entry, prefix)


def _address(entry: URLPattern, prefix: str) -> tuple[str, tuple[str, str]]:
    assert entry.name, f"{entry.pattern} has no name; give path(…, name=…)"
    kinds = {name: type(converter).__name__ for name, converter in entry.pattern.converters.items()}
    sample = {
        name: SAMPLES[kind.removesuffix("Converter").lower().replace("string", "str")]
        for name, kind in kinds.items()
    }
    verb = verb_of(entry.callback)
    if verb is None:
        verb = "sign-in" if getattr(entry.callback, "login_required", True) else "open"
    name = f"{prefix}{entry.name}"
    return name, (reverse(name, kwargs=sample), verb)


def table() -> dict[str, dict[str, str]]:
    """The reviewed table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row["address"]: row for row in csv.DictReader(file)}


def visit(client: Client, address: str) -> str:
    """What a role gets. A page for forms only (405) and a missing thing (404) come after being let in."""
    answer: Any = client.get(address)
    if answer.status_code == 403:
        return "no"
    if answer.status_code == 302 and answer["Location"].startswith("/login/?next="):
        return "login"
    return "yes" if answer.status_code < 500 else f"error {answer.status_code}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_at_each_address_what_the_table_says(role: Role) -> None:
    client = Client(raise_request_exception=False)
    if role is Role.without_post:
        someone = make_person(Role.chief)
        someone.holdings.all().delete()
        client.force_login(someone)
    elif role is not Role.visitor:
        client.force_login(make_person(role))
    expected = table()
    differences = [
        f"{name}: the table says {expected[name][role]}, the page says {seen}"
        for name, (address, _) in addresses().items()
        # Signing out would end the visit.
        if name in expected
        and name != "people:logout"
        and (seen := visit(client, address)) != expected[name][role]
    ]
    assert differences == []


def test_every_address_stands_in_the_table_with_its_verb() -> None:
    expected = table()
    known = addresses()
    missing = [
        f"add a line to {TABLE.name}: {name},{verb},<one of yes/no/login for each of {', '.join(ROLES)}>"
        for name, (_, verb) in known.items()
        if name not in expected
    ]
    assert missing == []
    assert sorted(set(expected) - set(known)) == [], "lines for addresses that no longer exist"
    wrong = [
        f"{name}: the table says {expected[name]['verb']}, the page asks for {verb}"
        for name, (_, verb) in known.items()
        if expected[name]["verb"] != verb
    ]
    assert wrong == []


def test_the_table_decides_every_cell() -> None:
    for row in table().values():
        assert {row[role] for role in ROLES} <= {"yes", "no", "login"}, row["address"]


@pytest.mark.django_db
def test_a_stranger_is_led_to_the_sign_in_page_and_back() -> None:
    for name, row in table().items():
        if row["verb"] not in {"open"}:
            assert row[Role.visitor] == "login", name
