"""How long a trial run of a draft list takes on the registry of a large city (journey J9: within 10 s).

    python benchmarks/trial.py [--count 50000] [--rounds 3] [--database postgres://…]

A fresh installation is filled with made-up enterprises, each with eleven dated values, a third of the figures of
yet another year. Then the common measures of the pack are drafted as a list and tried out as an officer does it,
the reading of the database and the keeping of the counts included. In the same run the counts of one measure are
checked against a count made by hand.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(REPOSITORY / "src"), str(REPOSITORY)]
GOAL = 10.0
NEEDS = "all:\n  - {fact: employees, at_least: 100, unit: 人, clause: 第三条, confidence: A}\n"
REGIONS = ("临清市", "东昌府区", "冠县", "高唐县", "阳谷县", "东阿县")


def fill(count: int) -> dict[str, int]:
    """Enterprises with their values; returns the employees of those who say."""
    from lianzhang.web.registry.models import Enterprise, EnterpriseValue, Recording

    chance = random.Random(7)  # noqa: S311 - made-up rows, no secrets
    source = Recording.objects.create(kind=Recording.Kind.IMPORT, source="测算用", as_of=date(2026, 3, 31))
    firms = [
        Enterprise(
            id=f"e{number:09d}",
            name=f"测算{number}号机械有限公司",
            region=chance.choice(REGIONS),
            recording=source,
        )
        for number in range(count)
    ]
    Enterprise.objects.bulk_create(firms, batch_size=2000)
    told: dict[str, int] = {}
    values: list[Any] = []

    def say(firm: Any, fact: str, year: int | None, **given: Any) -> None:
        end = date(year, 12, 31) if year else None
        period = str(year or "")
        values.append(
            EnterpriseValue(
                enterprise=firm,
                fact=fact,
                period=period,
                period_end=end,
                as_of=end or date(2026, 3, 31),
                recording=source,
                **given,
            )
        )

    for firm in firms:
        say(firm, "established_on", None, text=f"{chance.randint(1990, 2024)}-03-01")
        say(firm, "industry_code", None, text=chance.choice(("C3451", "C3831", "C3572", "C3514")))
        for year in (2024, 2025) if chance.random() < 1 / 3 else (2025,):
            workers = chance.randint(5, 900)
            say(firm, "revenue_ly", year, number=Decimal(chance.randint(200, 90_000)), unit="万元")
            say(firm, "main_business_revenue_ly", year, number=Decimal(chance.randint(0, 3_000)), unit="万元")
            say(firm, "total_assets", year, number=Decimal(chance.randint(300, 120_000)), unit="万元")
            if chance.random() < 0.65:
                say(firm, "employees", year, number=Decimal(workers), unit="人")
                told[firm.pk] = workers
        if len(values) > 20_000:
            EnterpriseValue.objects.bulk_create(values, batch_size=2000)
            values.clear()
    EnterpriseValue.objects.bulk_create(values, batch_size=2000)
    return told


def draft() -> tuple[Any, Any]:
    """A department's draft of the pack's common measures, one of them for enterprises with 100 people or more."""
    from lianzhang.casework import Role
    from lianzhang.web.measures.actions.create_list import create_list
    from lianzhang.web.measures.actions.draft import put_measure
    from lianzhang.web.people.actions import create_organisation
    from lianzhang.web.people.identity import actor_for
    from tests.web.conftest import make_person

    bureau = create_organisation(name="样例市市场监督管理局", kind="department", chains=("equipment",))
    actor = actor_for(make_person(Role.department_officer, organisation=bureau))
    version = create_list(actor, kind="main", code="main", title="共性措施主清单", chain=None, note="测算")
    put_measure(
        actor, version.pk, revision=version.revision, code="hundred", position=99, title="百人以上企业检测优惠",
        gives="检测费减免30%", basis=[{"document": "测算", "clause": "第三条"}], requires=NEEDS, is_support=False,
    )  # fmt: skip
    version.refresh_from_db()
    return actor, version


def run(count: int, rounds: int, database: str) -> int:
    """The measurement itself, once the program has started."""
    from lianzhang.web.measures.actions.try_out import try_out
    from lianzhang.web.measures.models import ListVersion

    begun = time.perf_counter()
    told = fill(count)
    actor, version = draft()
    print(
        f"{count:,} enterprises on {'PostgreSQL' if database else 'SQLite'}, "
        f"filled in {time.perf_counter() - begun:.0f} s; {version.measures.count()} measures in the draft"
    )
    walls, cpus = [], []
    for _ in range(rounds):
        revision = ListVersion.objects.get(pk=version.pk).revision
        wall, cpu = time.perf_counter(), time.process_time()
        trial = try_out(actor, version.pk, revision=revision)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    row = next(row for row in trial["measures"] if row["code"] == "hundred")
    by_hand = sum(workers >= 100 for workers in told.values())
    if trial["enterprises"] != count or (row["yes"], row["unknown"]) != (by_hand, count - len(told)):
        print(f"wrong: {row} against {by_hand} yes and {count - len(told)} not known")
        return 1
    print(f"counts of one measure equal those made by hand: {row['yes']:,} yes, {row['unknown']:,} not known")
    worst = max(walls)
    met = "met" if worst <= GOAL else "not met"
    print(
        f"a trial run: {statistics.median(walls):.2f} s ({statistics.median(cpus):.2f} CPU-s), "
        f"slowest {worst:.2f} s (goal ≤ {GOAL:.0f} s) – {met}"
    )
    return 0 if worst <= GOAL else 1


def main() -> int:
    """Fill, draft, try out, print; the exit code says whether the goal is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    from lianzhang.cli import installation

    with tempfile.TemporaryDirectory() as home:
        installation.open_installation(installation.Installation(Path(home), asked.database))
        installation.prepare_database()
        return run(asked.count, asked.rounds, asked.database)


if __name__ == "__main__":
    sys.exit(main())
