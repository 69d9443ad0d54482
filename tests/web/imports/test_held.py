"""An import and people at the same enterprise: who comes second is told in words, and keeps what was typed."""

from __future__ import annotations

import html
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict
from lianzhang.web.cases.actions import file_for
from lianzhang.web.cases.firms import firm_of_record
from lianzhang.web.cases.models import Request
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.database.writer import WriterBusy
from lianzhang.web.imports.actions.turn import own_turn
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import change_title, enter, enter_if_unchanged, hold, withdraw_batch
from lianzhang.web.registry.entries import Entries, TitleEntry, ValueEntry
from lianzhang.web.registry.models import Enterprise, EnterpriseValue, TitleHolding
from lianzhang.web.registry.pages import profile
from lianzhang.web.registry.resting import StillNeeded
from tests.web.registry.conftest import make_enterprise, source, text_of

BATCH = UUID("0d7bcb8e-6f4a-4df2-8fd5-00000000000a")
CONTENT = {"topic": "energy", "title": "用电增容", "text": "新线投产要增容800千伏安"}
TYPED = {
    "fact": "address",
    "value": "高唐县“滨湖路”1号<b>\n东院",
    "source": "走访记录",
    "as_of": "2026-01-05",
}

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite lets one transaction write at a time anyhow"
)
alone = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firm(officer: Actor) -> Enterprise:
    """An enterprise that an import brought."""
    load_pack("liaocheng")
    return make_enterprise(officer, from_source=source(batch=BATCH))


@contextmanager
def meanwhile(work: Callable[[], object], *, within: Callable[[], Any] = transaction.atomic) -> Iterator[Any]:
    """`work` in a transaction of another connection, which is open until the event that this gives is set."""
    begun, done = threading.Event(), threading.Event()

    def run() -> None:
        try:
            with within():
                work()
                begun.set()
                done.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert begun.wait(20)
        yield done
    finally:
        done.set()
        thread.join(20)


def after_waiting(done: threading.Event, work: Callable[[], object]) -> object:
    """What `work` gives or raises on another connection; the others go on once it waits for them."""
    found: list[object] = []

    def run() -> None:
        try:
            found.append(work())
        except Conflict as error:
            found.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    until = time.monotonic() + 20
    with connection.cursor() as cursor:
        while not found and time.monotonic() < until:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                break
            time.sleep(0.02)
    assert not found, "it waits for the other one"
    done.set()
    thread.join(20)
    return found[0]


@on_postgresql
@alone
def test_a_request_filed_while_an_undo_withdraws_its_firm_is_refused_in_words(
    officer: Actor, firm: Enterprise
) -> None:
    meant = firm_of_record(officer, firm.pk)
    with meanwhile(lambda: withdraw_batch(officer, BATCH)) as done:
        told = after_waiting(done, lambda: file_for(officer, meant, CONTENT))
    assert isinstance(told, Conflict) and "刚被撤出企业库" in told.say("zh") and firm.name in told.say("zh")
    assert not Request.objects.exists() and not queries.every().exists()


@on_postgresql
@alone
def test_an_undo_that_comes_while_a_request_is_filed_waits_and_is_refused(
    officer: Actor, firm: Enterprise
) -> None:
    meant = firm_of_record(officer, firm.pk)
    with meanwhile(lambda: file_for(officer, meant, CONTENT)) as done:
        told = after_waiting(done, lambda: withdraw_batch(officer, BATCH))
    assert isinstance(told, StillNeeded) and "诉求" in told.say("zh")
    assert queries.every().get().pk == Request.objects.get().enterprise_id


@on_postgresql
@alone
def test_an_import_that_writes_of_a_firm_and_an_undo_of_it_come_one_after_the_other(
    officer: Actor, firm: Enterprise
) -> None:
    title = Entries(titles=[TitleEntry(enterprise=firm.pk, title="省重点企业")])
    with meanwhile(lambda: withdraw_batch(officer, BATCH)) as done:
        told = after_waiting(done, lambda: enter(officer, title, source=source()))
    assert isinstance(told, Conflict) and "刚被撤出企业库" in told.say("zh")


@on_postgresql
@alone
@pytest.mark.parametrize("undone_first", [True, False])
def test_a_change_of_a_title_and_an_undo_of_its_list_come_one_after_the_other(
    officer: Actor, firm: Enterprise, undone_first: bool
) -> None:
    batch = UUID("0d7bcb8e-6f4a-4df2-8fd5-00000000000b")
    title = Entries(titles=[TitleEntry(enterprise=firm.pk, title="省重点企业")])
    enter(officer, title, source=source(batch=batch))
    holding = TitleHolding.objects.get()

    def lapse() -> object:
        return change_title(
            officer, holding.pk, what="lapsed", on=date(2026, 1, 1), source=source(), because="到期"
        )

    acts = [lambda: withdraw_batch(officer, batch), lapse]
    first, second = acts if undone_first else acts[::-1]
    with meanwhile(first) as done:
        told = after_waiting(done, second)
    assert isinstance(told, Conflict)
    assert ("省重点企业”刚被撤出" if undone_first else "后来的变动") in told.say("zh")


@on_postgresql
@alone
def test_while_an_import_reads_a_firm_officers_write_about_it(officer: Actor, firm: Enterprise) -> None:
    with meanwhile(lambda: hold(firm.pk)):
        _say_address(officer, firm)
        change = Entries(values=[ValueEntry(enterprise=firm.pk, fact="address", text="东院")])
        enter_if_unchanged(officer, firm.pk, change, source=source(), version=firm.version + 1)
    assert _address(firm) == "东院"


@on_postgresql
@alone
def test_while_a_firm_is_being_imported_requests_of_it_can_be_filed(officer: Actor, firm: Enterprise) -> None:
    meant = firm_of_record(officer, firm.pk)
    with meanwhile(lambda: _say_address(officer, firm), within=own_turn):
        file_for(officer, meant, CONTENT)
    assert Request.objects.get().enterprise_id == firm.pk


@on_postgresql
@alone
def test_who_edits_a_firm_that_is_being_imported_is_told_and_sends_the_same_again(
    officer: Actor, firm: Enterprise, signed_in: Callable[..., Client]
) -> None:
    browser, address = signed_in(Role.chain_officer), f"/enterprises/{firm.pk}/value/"
    form = {**TYPED, "version": firm.version}
    with meanwhile(lambda: _say_address(officer, firm), within=own_turn):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
        page = text_of(browser.post(address, form), status=503)
        assert "正在导入" in page and "请稍后再试" in page and "没有保存任何内容" in page
    sent_again = _kept(page)
    assert sent_again == {key: str(value) for key, value in form.items()}
    # The import has changed the firm: what was typed stays in the form, beside the news.
    page = text_of(browser.post(address, sent_again), status=409)
    assert "别人改过这家企业" in page and html.escape(TYPED["value"]) in page
    firm.refresh_from_db()
    assert f'name="version" value="{firm.version}"' in page
    answer = browser.post(address, {**form, "version": firm.version})
    assert answer.status_code == 302 and _address(firm) == TYPED["value"]


def _say_address(actor: Actor, firm: Enterprise) -> None:
    entries = Entries(values=[ValueEntry(enterprise=firm.pk, fact="address", text="高唐县人和路")])
    enter(actor, entries, source=source())


def _kept(page: str) -> dict[str, str]:
    """The hidden fields of the page's own form, as a browser sends them."""
    own = page[page.index('<article class="message') : page.index("</article>")]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', own)
    return {name: html.unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def _address(firm: Enterprise) -> str:
    return EnterpriseValue.objects.filter(enterprise=firm, fact="address").latest("pk").text


@pytest.mark.django_db
def test_a_request_of_a_firm_that_was_just_withdrawn_keeps_what_was_typed(
    officer: Actor, firm: Enterprise, signed_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    meant = firm_of_record(officer, firm.pk)
    withdraw_batch(officer, BATCH)
    with pytest.raises(Conflict, match="刚被撤出企业库"):
        hold(None, firm.pk)
    hold(None)
    monkeypatch.setattr("lianzhang.web.cases.forms.meant", lambda actor, words: (meant, []))
    form = {"firm": firm.name, "channel": "phone", **CONTENT}
    page = text_of(signed_in(Role.chain_officer).post("/requests/behalf/", form), status=409)
    assert "刚被撤出企业库" in page and CONTENT["text"] in page
    assert not Request.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("group", ["brands", "exports", "supply", "contacts"])
def test_a_record_typed_while_somebody_else_wrote_stays_in_the_form(
    signed_in: Callable[..., Client], officer: Actor, firm: Enterprise, group: str
) -> None:
    office = signed_in(Role.chain_officer)
    _say_address(officer, firm)
    forms = {
        "brands": {"brand": "时风牌", "listing": "好品山东"},
        "exports": {"period": "2024", "product": "时风牌", "amount": "12", "unit": "万元"},
        "supply": {"direction": "buys", "by_name": "on", "partner": "乙有限公司", "product": "时风牌"},
        "contacts": {"name": "时风牌", "duty": "经理", "phone": "13800000000"},
    }
    form = {**forms[group], "source": "走访", "as_of": "2026-01-05", "version": 0}
    page = text_of(office.post(f"/enterprises/{firm.pk}/records/{group}/", form), status=409)
    assert "别人改过这家企业" in page and "时风牌" in page
    firm.refresh_from_db()
    assert f'name="version" value="{firm.version}"' in page


@pytest.mark.django_db
def test_what_was_typed_is_kept_while_another_program_writes(
    signed_in: Callable[..., Client], firm: Enterprise, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = signed_in(Role.chain_officer)

    def busy(*arguments: object, **named: object) -> None:
        raise WriterBusy(20)

    monkeypatch.setattr(profile, "enter_if_unchanged", busy)
    form = {**TYPED, "version": firm.version}
    page = text_of(office.post(f"/enterprises/{firm.pk}/value/?from=list", form), status=503)
    assert _kept(page) == {key: str(value) for key, value in form.items()}
    assert f'action="/enterprises/{firm.pk}/value/?from=list"' in page
    secret = text_of(office.post(f"/enterprises/{firm.pk}/value/", {**form, "password": "x"}), status=503)
    assert _kept(secret) == {}
