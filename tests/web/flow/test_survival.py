"""The server is killed between any two statements of an act: all of it is there, or nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a thing of POSIX systems")

#: One installation; then for n = 1, 2, 3 … a forked server that is killed at its n-th statement of the act.
PROGRAM = """
import json, os, signal
import django
django.setup()
from django.core.management import call_command
from django.db import connections
from lianzhang.web.database import writer
call_command("migrate", verbosity=0, interactive=False)
from lianzhang.casework import Role
from lianzhang.kernel import clock
from lianzhang.web.cases.actions import act, file_for
from lianzhang.web.cases.models import Request
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.flow.models import ClockRow, Notice, Step
from lianzhang.web.journal.models import Event
from lianzhang.web.journal.queries import verification
from lianzhang.web.mail.models import MailAddress, OutgoingMail
from lianzhang.web.mail.sealed import sealed
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.actions import create_organisation
from tests.web.conftest import make_person
from tests.web.cases.conftest import MORNING

with clock.fixed(MORNING):
    load_pack("liaocheng")
    officer = actor_for(make_person(Role.chain_officer))
    hand = make_person(Role.department_officer)
    unit = actor_for(hand)
    MailAddress.objects.create(person=hand, confirmed=sealed("a@example.org"))
    firm = create_organisation(name="样例", kind="enterprise", chains=("equipment",))
    row = file_for(officer, firm, {"topic": "land", "title": "缺地", "text": "三十亩"})

    def seen():
        now = Request.objects.get(pk=row.pk)
        clocks = sorted(ClockRow.objects.values_list("name", "stopped", "due"), key=str)
        counts = [model.objects.count() for model in (Step, Notice, Event, OutgoingMail)]
        return [now.state, now.version, str(now.lead_id), str(clocks), counts]

    before, killed, outcomes = seen(), 0, []
    for n in range(1, 500):
        connections.close_all()
        child = os.fork()
        if child == 0:
            # A server of its own has its own lock on the file.
            writer._writers.clear()
            del connections["default"]
            count = 0
            def die_at_n(execute, sql, parameters, many, context):
                global count
                count += 1
                if count == n:
                    os.kill(os.getpid(), signal.SIGKILL)
                return execute(sql, parameters, many, context)
            with connections["default"].execute_wrapper(die_at_n):
                act(officer, row.pk, "assign", {"unit": unit.organisation_id, "matter": "single"})
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        after = seen()
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            outcomes.append(after)
            break
        killed += 1
        if after != before:
            print(json.dumps({"half": n, "before": before, "after": after}))
            raise SystemExit(1)
    print(json.dumps({
        "killed": killed, "whole": verification().whole, "state": outcomes[0][0],
        "more": [b - a for a, b in zip(before[4], outcomes[0][4])],
    }))
"""


def test_an_act_killed_at_any_of_its_statements_leaves_nothing_and_works_the_next_time(
    tmp_path: Path,
) -> None:
    surroundings = {
        **os.environ,
        "LIANZHANG_HOME": str(tmp_path),
        "LIANZHANG_DATABASE": "",
        "LIANZHANG_MAIL": "console",
        "DJANGO_SETTINGS_MODULE": "lianzhang.web.settings.laptop",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["killed"] > 20 and said["whole"] and said["state"] == "assigned"
    steps, notices, events, mail = said["more"]
    assert (steps, events, mail) == (1, 1, 1) and notices >= 2
