"""The process is killed at the worst moments: what was promised is there, and nothing is there by half."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes by signal")

ROOT = Path(__file__).resolve().parents[3]
TEXT = "聊城市装备制造产业2024年实现营业收入318.4亿元,增速7.1%。现有国家级小巨人企业12家。"

BEGIN = """
import os, signal, sys, json
import django
django.setup()
from django.core.management import call_command
from lianzhang.web.bulletins.models import Claim, Document
from lianzhang.web.bulletins import actions, originals
def die(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)
"""
RECEIVE = """
call_command("migrate", verbosity=0, interactive=False)
from lianzhang.web.chains.actions.load_pack import load_pack
load_pack("liaocheng")
from lianzhang.casework import Role
from lianzhang.web.chains.models import Chain
from lianzhang.web.people.identity import actor_for
from tests.web.conftest import make_person
officer = actor_for(make_person(Role.chain_officer))
content = sys.argv[1].encode()
def receive():
    return actions.receive(officer, content, name="a.txt", chain=Chain.objects.get(pk="equipment"), in_background=False)
"""
REPORT = """
from lianzhang.web.bulletins import background
background.enqueue = lambda document_id: actions.read_now(document_id)
again = actions.resume()
from lianzhang.web.facts.models import Fact
from lianzhang.web.journal.models import Event
document = Document.objects.first()
print(json.dumps({
    "resumed": again,
    "documents": Document.objects.count(),
    "state": document.state if document else None,
    "claims": Claim.objects.count(),
    "accepted": Claim.objects.filter(state="accepted").count(),
    "facts": Fact.objects.count(),
    "events": Event.objects.filter(verb="claim.accept").count(),
    "original": originals.fetch(document.sha256).decode() if document else None,
}))
"""


def run(home: Path, program: str) -> subprocess.CompletedProcess[str]:
    surroundings = {
        **os.environ,
        "LIANZHANG_HOME": str(home),
        "LIANZHANG_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "lianzhang.web.settings.laptop",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    return subprocess.run(
        [sys.executable, "-c", BEGIN + program, TEXT],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def after(home: Path) -> dict[str, Any]:
    """What the next start finds, after it has taken up what was left."""
    done = run(home, REPORT)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


#: Where the process dies, and how many documents the next start then finds.
MOMENTS = {
    "before the row of the received document is committed": (
        "receive_module = sys.modules['lianzhang.web.bulletins.actions.receive']\n"
        "receive_module.record = die\nreceive()",
        0,
    ),
    "before the document is read": ("receive()\ndie()", 1),
    "while the document is read": (
        "d = receive().document\nread_module = sys.modules['lianzhang.web.bulletins.actions.read']\n"
        "read_module._read = die\nactions.read_now(d.pk)",
        1,
    ),
    "between the claims and the end of their transaction": (
        "d = receive().document\nread_module = sys.modules['lianzhang.web.bulletins.actions.read']\n"
        "read_module.record = die\nactions.read_now(d.pk)",
        1,
    ),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_bulletin_is_taken_up_again_and_read_once(tmp_path: Path, moment: str) -> None:
    program, documents = MOMENTS[moment]
    assert run(tmp_path, RECEIVE + program).returncode == -signal.SIGKILL
    found = after(tmp_path)
    assert found["documents"] == documents
    if documents:
        assert (found["resumed"], found["state"], found["original"]) == (1, "review", TEXT)
        assert found["claims"] == 2
        assert after(tmp_path)["claims"] == 2


def test_a_group_that_was_being_accepted_is_accepted_wholly_or_not_at_all(tmp_path: Path) -> None:
    program = """
d = receive().document
actions.read_now(d.pk)
accept_module = sys.modules["lianzhang.web.bulletins.actions.accept"]
real, count = accept_module.record, []
def record(*arguments, **named):
    count.append(1)
    return die() if len(count) == 2 else real(*arguments, **named)
accept_module.record = record
actions.accept_sure(officer, d.pk)
"""
    assert run(tmp_path, RECEIVE + program).returncode == -signal.SIGKILL
    found = after(tmp_path)
    assert (found["accepted"], found["facts"], found["events"]) == (0, 0, 0)
    assert found["claims"] == 2
