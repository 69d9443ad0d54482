"""How fast the pages of requests answer when an office has many of them open.

    python benchmarks/requests.py [--count 50000] [--runs 40] [--database postgres://…]

A fresh installation is filled with open requests of 2,000 firms, half of them overdue, each with two running
clocks and three lines of log. Then people of four roles open list, search, filters, assignment, desk and one
request, through the whole program (permission, templates, database) without a network. The figure is p95 of the
wall time of one page. In the same run it is checked that lists count what is there.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY)]
GOAL = 300
WORDS = (
    "用地",
    "用电",
    "检定",
    "融资",
    "招工",
    "环评",
    "退税",
    "配套",
    "物流",
    "标准",
    "扩建",
    "增容",
    "审批",
    "轴承",
    "电机",
)


def fill(count: int, office: Any) -> None:
    """Open requests with clocks and log, in bulk."""
    from django.db import connection

    from lianzhang.kernel import clock
    from lianzhang.web.cases.models import Request
    from lianzhang.web.flow.models import ClockRow, Step

    chance, now = random.Random(5), clock.now()  # noqa: S311 - made-up rows, no secrets
    states = ("submitted", "assigned", "working", "working", "working", "for_firm", "answered", "to_confirm")
    rows, clocks, steps = [], [], []
    for number in range(count):
        created = now - timedelta(minutes=chance.randrange(60 * 24 * 60))
        state, unit = chance.choice(states), chance.choice(office["units"])
        firm = chance.choice(office["firms"])
        due = created + timedelta(days=chance.randrange(2, 40))
        owner = {"submitted": None, "for_firm": firm, "to_confirm": firm}.get(state, unit)
        row = Request(
            id=uuid.UUID(int=chance.getrandbits(128)), state=state, number=f"诉求〔2026〕{number + 1:05d}号",
            public_number=f"B{number:012d}", topic=chance.choice(("land", "energy", "quality", "permit")),
            title="".join(chance.sample(WORDS, 3)), text="".join(chance.choices(WORDS, k=40)), chain_id="equipment",
            firm_id=firm, lead_id=None if state == "submitted" else unit, owner_id=owner, due=due, promise=due,
            handle_due=due, owner_party="office" if owner is None else "firm" if owner == firm else "lead",
            matter="single", created=created, touched=created,
        )  # fmt: skip
        rows.append(row)
        for name in ("handle", "report"):
            clocks.append(
                ClockRow(
                    kind="request", subject=row.pk, name=name, started=created, limit={"days": 5}, due=due
                )
            )
        steps += [
            Step(kind="request", subject=row.pk, action=action, at=created)
            for action in ("file", "submit", "assign")
        ]
    Request.objects.bulk_create(rows, batch_size=500)
    ClockRow.objects.bulk_create(clocks, batch_size=1000)
    Step.objects.bulk_create(steps, batch_size=1000)
    if connection.vendor == "postgresql":
        # What autovacuum does within a minute of so many new rows.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def people() -> dict[str, Any]:
    """One person of each part, ten units, 2,000 firms."""
    from lianzhang.casework import Role
    from lianzhang.web.people.models import Organisation
    from tests.web.conftest import make_person

    firms = Organisation.objects.bulk_create(
        [Organisation(kind="enterprise", name=f"样例企业{n}", chains=["equipment"]) for n in range(2000)]
    )
    units = Organisation.objects.bulk_create(
        [Organisation(kind="department", name=f"样例部门{n}", chains=["equipment"]) for n in range(10)]
    )
    return {
        "firms": [firm.pk for firm in firms],
        "units": [unit.pk for unit in units],
        "officer": make_person(Role.chain_officer),
        "chief": make_person(Role.chief),
        "department": make_person(Role.department_officer, organisation=units[0]),
        "enterprise": make_person(Role.enterprise_user, organisation=firms[0]),
    }


def measure(runs: int, open_page: Callable[[], Any]) -> tuple[float, float]:
    """Median and p95 of one page in milliseconds, after one warm-up."""
    assert open_page().status_code == 200
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        open_page()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken), statistics.quantiles(taken, n=20)[18]


def main() -> int:
    """Fill, open, print; the exit code says whether every page keeps the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    from lianzhang.cli import installation

    with tempfile.TemporaryDirectory() as home:
        installation.open_installation(installation.Installation(Path(home), asked.database))
        installation.prepare_database()
        return run(asked.count, asked.runs, asked.database)


def run(count: int, runs: int, database: str) -> int:
    """The measurement itself, once the program has started."""
    from django.conf import settings
    from django.test import Client

    from lianzhang.kernel import clock
    from lianzhang.web.cases.models import Request
    from lianzhang.web.flow.models import ClockRow

    settings.ALLOWED_HOSTS = ["*"]
    office = people()
    begun = time.perf_counter()
    fill(count, office)
    print(
        f"{count:,} open requests on {'PostgreSQL' if database else 'SQLite'}, "
        f"filled in {time.perf_counter() - begun:.0f} s"
    )
    some = Request.objects.filter(lead_id=office["units"][0]).first()
    pages = (
        ("officer", "list", "/requests/"), ("officer", "list, page 700", "/requests/?page=700"),
        ("officer", "list, last page", "/requests/?before=end"),
        ("officer", "overdue, page 300", "/requests/?late=on&page=300"),
        ("officer", "search, two words", "/requests/?words=用地+轴承"),
        ("officer", "search, nothing found", "/requests/?words=没有这个词"),
        ("officer", "overdue only", "/requests/?late=on"), ("officer", "to assign", "/requests/assign/"),
        ("officer", "desk", "/desk/"), ("chief", "list", "/requests/"), ("department", "desk", "/desk/"),
        ("department", "list", "/requests/"), ("department", "one request", f"/requests/{some.pk}/"),
        ("enterprise", "desk", "/desk/"), ("officer", "figures", "/requests/figures/"),
    )  # fmt: skip
    clients = {}
    for role in ("officer", "chief", "department", "enterprise"):
        clients[role] = Client()
        clients[role].force_login(office[role])
    shown = clients["officer"].get("/requests/").content.decode()
    assert f"共{count}件" in shown, f"the list does not count {count}"
    late = ClockRow.objects.filter(kind="request", name="handle", stopped=None, due__lt=clock.now()).count()
    told = clients["officer"].get("/requests/figures/").content.decode()
    assert f">{late}<" in told or f">{count - late}<" in told, f"the figures do not count {late} late ones"
    slow = 0
    print(f"{'who':<12}{'page':<24}{'median':>9}{'p95':>9}   goal {GOAL} ms")
    for who, name, address in pages:
        middle, p95 = measure(runs, lambda who=who, address=address: clients[who].get(address))  # type: ignore[misc]
        slow += p95 > GOAL
        print(f"{who:<12}{name:<24}{middle:>7.0f} ms{p95:>6.0f} ms   {'met' if p95 <= GOAL else 'MISSED'}")
    return bool(slow)


if __name__ == "__main__":
    os.environ.setdefault("LIANZHANG_PACK", "liaocheng")
    sys.exit(main())
