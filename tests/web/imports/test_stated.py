"""A list of titles that names none: the officer says the title, on the form, on the page of the failed one, by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.tables import TableRefused
from lianzhang.web.imports.actions.receive import receive
from lianzhang.web.imports.actions.run import run
from lianzhang.web.imports.actions.see_through import see_through
from lianzhang.web.imports.models import Batch
from lianzhang.web.registry.models import TitleHolding
from lianzhang.web.registry.titles import tier_of
from tests.tables.books import xlsx
from tests.web.imports.conftest import counts, imported, rows, table

pytestmark = pytest.mark.django_db
ONE, TWO = "样例1号机械有限公司", "样例2号机械有限公司"
NAMES = xlsx([["序号", "企业名称"], [1, ONE], [2, TWO]])
SAID = {
    "title": "瞪羚企业",
    "level": "省级",
    "batch": "第三批",
    "awarded": "2024",
    "valid_until": "2027-12-31",
}


def test_an_officer_says_the_title_of_the_whole_list_on_the_form(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    imported(officer, table(*rows(2)))
    client = signed_in(Role.chain_officer)
    sent = {"kind": "titles", "file": SimpleUploadedFile("名单.xlsx", NAMES), **SAID}
    assert client.post("/imports/bring/", sent).status_code == 302
    batch = see_through(Batch.objects.get(kind="titles").pk)
    assert batch.state == Batch.State.PREVIEW, batch.failure
    client.post(f"/imports/{batch.pk}/commit/", {"version": batch.version})
    see_through(batch.pk)
    held = TitleHolding.objects.order_by("enterprise__name")
    assert [
        (one.title, one.level, one.batch, one.awarded, str(one.valid_until), tier_of(one)) for one in held
    ] == [(*SAID.values(), "sd_gazelle")] * 2


def test_the_page_of_a_list_without_a_title_asks_for_it(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    imported(officer, table(*rows(2)))
    client = signed_in(Role.chain_officer)
    client.post("/imports/bring/", {"kind": "titles", "file": SimpleUploadedFile("名单.xlsx", NAMES)})
    batch = see_through(Batch.objects.get(kind="titles").pk)
    assert batch.state == Batch.State.FAILED
    page = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "整份名单是同一个称号" in page and 'name="title"' in page
    wrong = client.post(
        f"/imports/{batch.pk}/change/", {"version": batch.version, "stated": "1", "awarded": "去年"}
    )
    assert wrong.status_code == 422 and "2024-06" in wrong.content.decode()
    client.post(
        f"/imports/{batch.pk}/change/", {"version": batch.version, "stated": "1", "title": "瞪羚企业"}
    )
    assert counts(see_through(batch.pk))["new"] == 2


def test_a_title_for_another_kind_of_table_is_refused_on_the_form(signed_in: Callable[..., Client]) -> None:
    answer = signed_in(Role.chain_officer).post(
        "/imports/bring/", {"kind": "enterprises", "file": SimpleUploadedFile("a.csv", table()), **SAID}
    )
    assert answer.status_code == 422 and "称号名单" in answer.content.decode()
    assert not Batch.objects.exists()


def test_the_preview_shows_where_the_list_says_otherwise(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    imported(officer, table(*rows(2)))
    content = xlsx([["企业名称", "称号"], [ONE, "专精特新中小企业"], [TWO, ""]])
    batch = receive(
        officer, content, kind="titles", name="a.xlsx", stated={"title": "瞪羚企业"}, in_background=False
    )
    assert counts(see_through(batch.pk))["new"] == 2
    page = signed_in(Role.chain_officer).get(f"/imports/{batch.pk}/").content.decode()
    assert "表里是“专精特新中小企业”，您填的是“瞪羚企业”" in page


def test_by_command_the_same_words_count_and_the_same_list_again_changes_nothing(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    for outcome in ("new", "unchanged"):
        _, seen = run(officer, NAMES, kind="titles", name="名单.xlsx", stated=SAID)
        assert seen.difference.counts[outcome] == 2
    with pytest.raises(TableRefused, match="称号"):
        run(officer, NAMES, kind="titles", name="名单.xlsx")
    with pytest.raises(TableRefused, match="titles"):
        run(officer, table(*rows(1)), kind="enterprises", name="a.csv", stated=SAID)
