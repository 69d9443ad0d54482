"""The real firms of the pack and the invented ones of the demonstration, told apart at sight."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from lianzhang.casework import Actor, Role
from lianzhang.kernel import NotAllowed
from lianzhang.kernel.credit_code import faults
from lianzhang.kernel.pack import open_pack
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import load_enterprises, load_samples
from lianzhang.web.registry.frames import enterprise_frame, supply_frame
from lianzhang.web.registry.models import Enterprise, EnterpriseValue, Recording

COLLECTED = Path(__file__).resolve().parents[4] / "shared" / "facts" / "enterprises.csv"


def test_every_firm_of_the_pack_says_how_sure_it_is() -> None:
    rows = open_pack("liaocheng").read_yaml("enterprises.yaml")["enterprises"]
    pack = open_pack("liaocheng").read_yaml("pack.yaml")
    assert len(rows) == 92
    assert all(row["status"] in pack["statuses"] for row in rows)
    assert all(row["source"] in pack["sources"] for row in rows if "source" in row)
    assert all(row["status"] == "unverified" for row in rows if "source" not in row)
    assert len({row["id"] for row in rows}) == 92


def test_the_pack_has_each_firm_that_was_collected_under_the_same_name() -> None:
    if not COLLECTED.exists():
        pytest.skip("../shared/facts/enterprises.csv is not beside this checkout")
    with COLLECTED.open(encoding="utf-8", newline="") as file:
        collected = {row["id"]: row for row in csv.DictReader(file)}
    rows = {row["id"]: row for row in open_pack("liaocheng").read_yaml("enterprises.yaml")["enterprises"]}
    assert {pk: row["name"] for pk, row in rows.items()} == {
        pk: row["name_zh"] for pk, row in collected.items()
    }
    assert {pk: row["full"] for pk, row in rows.items()} == {
        pk: row["name_is_full"] == "Y" for pk, row in collected.items()
    }


@pytest.mark.django_db
def test_the_pack_loads_once_and_keeps_its_doubts(officer: Actor) -> None:
    assert load_enterprises(officer, "liaocheng") == 92
    assert load_enterprises(officer, "liaocheng") == 0
    doubts = Counter(Enterprise.objects.values_list("doubt", flat=True))
    assert set(doubts) == {"quoted", "draft", "unverified"}
    assert not EnterpriseValue.objects.filter(doubt="").exists()
    shifeng = queries.one(officer, "E001")
    assert shifeng is not None and shifeng.region == "371526"
    assert {"sfjt", "shifengjituan"} <= set(shifeng.search.split("\n"))
    assert not Enterprise.objects.filter(sample=True).exists()


@pytest.mark.django_db
def test_only_those_who_may_add_enterprises_load_them(actor: Callable[..., Actor]) -> None:
    with pytest.raises(NotAllowed):
        load_enterprises(actor(Role.chief), "liaocheng")
    assert not Recording.objects.exists()


@pytest.mark.django_db
def test_sample_firms_are_the_same_each_time_and_cannot_be_taken_for_real(officer: Actor) -> None:
    assert load_samples(officer) > 100
    assert load_samples(officer) == 0
    samples = list(Enterprise.objects.all())
    assert all(row.sample and row.name.startswith("样例") for row in samples)
    assert len({row.name for row in samples}) == len(samples)
    assert all(row.credit_code[2:8] == "000000" and not faults(row.credit_code) for row in samples)
    frame = enterprise_frame()
    assert frame["revenue_ly"].null_count() > 0, "some firms report nothing, as in life"
    assert supply_frame().height > 100
    assert {row.kind for row in Recording.objects.all()} == {"sample"}
