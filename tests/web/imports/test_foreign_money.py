"""Exports in dollars are kept as dollars beside those in yuan: shown, said again, corrected and undone so."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.imports.actions.undo import undo
from lianzhang.web.registry import queries
from lianzhang.web.registry.models import Enterprise, ExportRecord
from tests.tables.books import xlsx
from tests.web.imports.conftest import counts, imported, rows, table

pytestmark = pytest.mark.django_db
ONE = "样例1号机械有限公司"


def exports(amount: str, unit: str = "万美元") -> bytes:
    return xlsx([["企业名称", "年份", f"出口额（{unit}）"], [ONE, "2024", amount]])


def standing() -> list[tuple[Decimal | None, str]]:
    return list(queries.exports_in_force().values_list("amount", "unit"))


def test_dollars_stand_beside_yuan_and_take_the_place_of_dollars_only(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    imported(officer, table(*rows(1)))
    imported(officer, exports("800", "万元"), kind="exports")
    first = imported(officer, exports("120"), kind="exports")
    assert counts(first)["new"] == 1 and standing() == [(Decimal(800), "万元"), (Decimal(120), "万美元")]
    assert counts(imported(officer, exports("1200000", "美元"), kind="exports"))["unchanged"] == 1
    later = imported(officer, exports("超130"), kind="exports")
    assert counts(later)["changed"] == 1 and standing() == [(Decimal(800), "万元"), (Decimal(130), "万美元")]
    assert counts(imported(officer, exports("800", "万元"), kind="exports"))["unchanged"] == 1
    client, firm = signed_in(Role.chain_officer), Enterprise.objects.get(name=ONE)
    page = client.get(f"/enterprises/{firm.pk}/").content.decode()
    assert "超130万美元" in page.replace(" ", "") and "800万元" in page.replace(" ", "")
    undo(officer, later.pk)
    assert standing() == [(Decimal(800), "万元"), (Decimal(120), "万美元")]


def test_correcting_an_amount_in_dollars_leaves_it_in_dollars(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    imported(officer, table(*rows(1)))
    imported(officer, exports("120"), kind="exports")
    client, firm = signed_in(Role.chain_officer), Enterprise.objects.get(name=ONE)
    record = ExportRecord.objects.get()
    address = f"/enterprises/{firm.pk}/records/exports/{record.pk}/"
    page = client.get(address).content.decode()
    assert '<option value="万美元" selected>' in page
    sent = {
        "period": "2024", "amount": "125", "unit": "万美元", "source": "海关", "as_of": "2025-01-31",
        "version": firm.version,
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    assert standing() == [(Decimal(125), "万美元")]
