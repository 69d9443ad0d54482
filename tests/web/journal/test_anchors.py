"""The end of the chain, written down outside the database."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from lianzhang.casework import PROGRAM, Role
from lianzhang.kernel import clock
from lianzhang.kernel.event import GENESIS
from lianzhang.web.journal import queries, triggers
from lianzhang.web.journal.actions.anchor import anchor, anchor_if_due
from lianzhang.web.journal.actions.record import record
from lianzhang.web.journal.models import Event, Head
from lianzhang.web.journal.verify import BreakKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Path:
    """A data folder of the test's own, so that anchors of other tests do not count."""
    settings.LIANZHANG_HOME = tmp_path
    return tmp_path


def fill(count: int) -> None:
    with transaction.atomic():
        for number in range(count):
            record(PROGRAM, "claim.accept", f"claim:{number}")


def cut_to(seq: int) -> None:
    """What somebody with full rights over the database would do: cut the tail and set the end to match."""
    triggers.remove(connection)
    Event.objects.filter(seq__gt=seq).delete()
    last = Event.objects.filter(seq=seq).first()
    Head.objects.filter(pk=1).update(seq=seq, hash=last.hash if last else GENESIS)
    triggers.install(connection)


def test_an_anchor_holds_number_hash_count_and_time(home: Path) -> None:
    assert anchor() is None
    fill(5)
    made = anchor()
    assert made is not None
    line = json.loads((home / "anchors.log").read_text())
    assert line == {"at": made.at, "seq": 5, "hash": Event.objects.get(seq=5).hash, "count": 5}
    if hasattr(stat, "S_IMODE"):
        assert stat.S_IMODE((home / "anchors.log").stat().st_mode) == 0o600
    assert anchor() is None


def test_the_hourly_tick_waits_an_hour(home: Path) -> None:
    start = clock.now()
    for minutes, expected in ((0, True), (59, False), (61, True)):
        fill(1)
        with clock.fixed(start + timedelta(minutes=minutes)):
            assert (anchor_if_due() is not None) is expected


def test_a_tail_cut_before_the_last_anchor_is_found_even_when_the_head_was_set_to_match() -> None:
    fill(8)
    anchor()
    fill(4)
    anchor()
    assert queries.verification().whole
    cut_to(10)
    found = queries.verification().first_break
    assert found is not None
    assert (found.seq, found.kind) == (11, BreakKind.cut)


def test_an_emptied_journal_is_found() -> None:
    fill(8)
    anchor()
    cut_to(0)
    found = queries.verification().first_break
    assert found is not None
    assert (found.seq, found.kind) == (1, BreakKind.cut)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace('"seq":3', '"seq":4'),
        lambda text: text.replace('"hash":"', '"hash":"0'),
        lambda text: text[:-20],
        lambda text: text + "\n{}",
        lambda text: text + text,
    ],
)
def test_a_damaged_file_of_anchors_is_reported_not_ignored(home: Path, damage: Callable[[str], str]) -> None:
    fill(3)
    anchor()
    fill(3)
    anchor()
    file = home / "anchors.log"
    file.write_text(damage(file.read_text()))
    found = queries.verification().first_break
    assert found is not None
    assert found.kind in {BreakKind.anchor, BreakKind.cut}


def test_the_audit_administrator_sees_the_result_and_a_reader_leaves_a_trace(
    signed_in: Callable[..., Client],
) -> None:
    auditor = signed_in(Role.audit_admin)
    fill(3)
    page = auditor.get("/journal/?subject=claim:2")
    assert page.status_code == 200
    assert "claim:2" in page.text
    assert "claim:1" not in page.text.split("<tbody>")[1]
    assert "操作日志完整" in auditor.post("/journal/verify/").text
    read = Event.objects.filter(verb="journal.see").get()
    assert '"subject":"claim:2"' in read.after
    triggers.remove(connection)
    Event.objects.filter(subject="claim:1").update(verb="claim.drop")
    triggers.install(connection)
    answer = auditor.post("/journal/verify/").text
    assert "操作日志不完整" in answer
    assert "的内容被改动过" in answer


@pytest.mark.parametrize("role", [Role.chief, Role.chain_officer, Role.system_admin, Role.security_admin])
def test_nobody_else_reads_the_journal_and_the_try_is_recorded(
    signed_in: Callable[..., Client], role: Role
) -> None:
    answer = signed_in(role).get("/journal/")
    assert answer.status_code == 403
    assert "审计管理员" in answer.text
    assert Event.objects.filter(verb="journal.see", result="refused").count() == 1


def test_the_filter_narrows_by_day_and_result(signed_in: Callable[..., Client]) -> None:
    auditor = signed_in(Role.audit_admin)
    fill(1)
    today, tomorrow = clock.today(), clock.today() + timedelta(days=1)
    assert "claim:0" in auditor.get(f"/journal/?first={today}&last={today}&result=done").text
    assert "没有符合条件的记录" in auditor.get(f"/journal/?first={tomorrow}").text
    assert "没有符合条件的记录" in auditor.get("/journal/?result=failed").text
