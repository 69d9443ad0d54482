"""J5: what if this supplier stops – three sentences, firms by day, substitutes, unknowns, tasks."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.chains.actions.place import place_everywhere
from lianzhang.web.chains.models import Chain
from lianzhang.web.ledgers.models import LedgerRow
from lianzhang.web.outages.fields import fields_of
from lianzhang.web.outages.network import known_network
from lianzhang.web.outages.study import study
from lianzhang.web.registry.actions.load_pack import load_samples
from tests.web.outages.conftest import FIRMS


def asked(days: int, share: float = 1.0):  # type: ignore[no-untyped-def]
    chains = [Chain.objects.get(pk="bearings")]
    return study(known_network(), "E00000000A", FIRMS["E00000000A"], days=days, share=share, on_chains=chains)


def test_firms_are_hit_one_after_the_other_once_their_stock_is_used(officer: Actor) -> None:
    found = asked(30)
    assert [hit.id for hit in found.hits] == ["E00000000B", "E00000000C"]
    first, second = (hit.first_day for hit in found.hits)
    assert 7 <= first < second
    assert found.low == 2 and found.high >= found.low
    assert found.by_day[0][1] <= found.by_day[1][1] <= found.by_day[2][1] == 2


def test_a_longer_stop_never_hurts_fewer_and_the_same_question_has_the_same_answer(officer: Actor) -> None:
    assert asked(7).low <= asked(30).low <= asked(90).low
    assert asked(30) == asked(30)
    assert asked(30).run != asked(90).run


def test_each_firm_is_told_by_which_links_the_stop_reaches_it(officer: Actor) -> None:
    first, second = asked(30).hits
    assert first.way == (FIRMS["E00000000A"],)
    assert second.way == (FIRMS["E00000000A"], FIRMS["E00000000B"])


def test_days_that_others_survive_are_held_against_the_days_to_come_back(officer: Actor) -> None:
    found = asked(30)
    assert (found.survive, found.recover, found.short_by) == (8, 37, 29)
    small = asked(30, share=0.05)
    assert small.survive is None and small.short_by == 0


def test_whoever_stands_on_the_same_node_may_stand_in(officer: Actor) -> None:
    assert ("E00000000D", "city", "node") in {(s.id, s.scope, s.basis) for s in asked(30).substitutes}


def test_a_firm_without_links_gets_no_number_but_a_question(officer: Actor) -> None:
    chains = [Chain.objects.get(pk="bearings")]
    found = study(known_network(), "E00000000D", "冠县钢球样厂", days=30, share=1.0, on_chains=chains)
    assert (found.links, found.low, found.hits) == (0, 0, ())
    assert found.high >= 1


def test_found_by_initials_asked_answered_and_made_into_tasks_in_four_clicks(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(Role.chain_officer)
    assert "E00000000A" in client.get("/outages/?q=gqyc").content.decode()
    page = client.get("/outages/E00000000A/?days=30&share=100").content.decode()
    assert "临清轴承样厂" in page and "冠县钢球样厂" in page and "覆盖率不明" in page
    given = {"days": 30, "share": 100, "chain": "bearings"}
    assert client.post("/outages/E00000000A/tasks/", given).status_code == 302
    rows = LedgerRow.objects.filter(ledger="problems")
    assert rows.count() == 4 and all(row.due and row.source.startswith("断供推演") for row in rows)
    client.post("/outages/E00000000A/tasks/", given)
    assert rows.count() == 4


def test_wrong_questions_are_refused_and_outsiders_see_nothing(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    chief = signed_in(Role.chief)
    for query in ("days=5&share=100", "days=30&share=0", "days=30&share=x"):
        assert chief.get(f"/outages/E00000000A/?{query}").status_code == 400
    assert chief.get("/outages/nobody/").status_code == 404
    assert "生成应对清单" not in chief.get("/outages/E00000000A/?days=30&share=50").content.decode()
    assert signed_in(Role.enterprise_user).get("/outages/").status_code == 403


def test_the_catalogue_tells_what_each_measure_does_not_say(
    db: object, signed_in: Callable[..., Client]
) -> None:
    from lianzhang.metrics import measures

    page = signed_in(Role.analyst).get("/outages/measures/").content.decode()
    assert page.count("不能说明什么<") == len(measures())


def test_too_few_firms_give_no_numbers(officer: Actor, signed_in: Callable[..., Client]) -> None:
    page = signed_in(Role.analyst).get("/outages/fields/equipment/").content.decode()
    assert "太少" in page


def test_counties_are_told_what_they_are_concentrated_in_and_what_lies_near(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    load_samples(officer)
    place_everywhere(officer)
    subs = list(Chain.objects.filter(parent="equipment"))
    measured = fields_of(Chain.objects.get(pk="equipment"), subs)
    assert measured is not None and len(measured.rows) == 11
    for row in measured.rows:
        best = max(
            (cell for cell in row.cells if cell.quotient), key=lambda cell: cell.quotient or 0, default=None
        )
        assert row.strongest is None or (best is not None and row.strongest == best.chain)
        assert row.near is None or all(
            cell.quotient is None or cell.quotient < 1 for cell in row.cells if cell.chain == row.near
        )
        assert row.hhi is None or 0 < row.hhi <= 1
    page = signed_in(Role.chief).get("/outages/fields/equipment/").content.decode()
    assert "近旁可发展" in page and "nan" not in page.lower().replace("finance", "")
    assert signed_in(Role.analyst).get("/outages/fields/bearings/").status_code == 404
