"""The product as people have it: its own server in its own process, and a real browser before it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page
from playwright.sync_api import TimeoutError as TooLate

from tests.journeys.days import MADE_UP

ROOT = Path(__file__).resolve().parents[2]

#: A fresh installation with the people of the demonstration and no bulletin, served like `lianzhang up`.
SERVER = """
import json, sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from lianzhang.cli import installation, serving
if __name__ == "__main__":
    installation.open_installation(installation.Installation(Path(sys.argv[1])))
    installation.prepare_database()
    from lianzhang.cli.demo_city import members
    from lianzhang.web.flow.actions import enter_year
    from lianzhang.web.people.actions import install_people
    from lianzhang.web.people.identity import actor_for
    people = members()
    officer = next(person for person in people if person.username == "officer")
    people.append(replace(officer, username="colleague", name="样例同事"))
    accounts = install_people(people, must_change=False)
    administrator = actor_for(next(a.person for a in accounts if a.person.username == "sysadmin"))
    for day in map(date.fromisoformat, json.loads(sys.argv[3])):
        enter_year(administrator, day.year, off=[day], on=[], source="made up for the journeys")
    print(json.dumps({a.person.username: a.password for a in accounts}), flush=True)
    serving.serve(serving.Address("127.0.0.1", int(sys.argv[2])), open_browser=False)
"""


@dataclass(frozen=True)
class City:
    """Where the site is, and the password of each account."""

    url: str
    passwords: dict[str, str]
    process: int = 0

    def processor_seconds(self) -> float | None:
        """Processor time the server and what it started have used; None where the system does not tell.

        A busy machine makes people wait but makes nothing cost more, so a budget holds in this measure.
        """
        try:
            fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")


@dataclass
class Hand:
    """A person's hand: every click, key chord and typed text counts as one, as the journeys count them."""

    page: Page
    acts: int = 0
    characters: int = 0
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to what the browser complains about, the content policy included."""
        self.page.on(
            "console", lambda said: said.type in ("error", "warning") and self.complaints.append(said.text)
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def press(self, key: str) -> None:
        """One key or chord."""
        self.acts += 1
        self.page.keyboard.press(key)
        self._arrive()

    def click(self, place: str | Locator) -> None:
        """One click."""
        self.acts += 1
        (self.page.locator(place) if isinstance(place, str) else place).click()
        self._arrive()

    def type(self, place: str | Locator, text: str) -> None:
        """One text typed."""
        self.acts += 1
        self.characters += len(text)
        (self.page.locator(place) if isinstance(place, str) else place).fill(text)

    def _arrive(self) -> None:
        """Wait until the page that an act led to can be read: a person looks before the next act too."""
        self.page.wait_for_load_state("domcontentloaded")

    def choose_file(self, place: str, file: Path) -> None:
        """Choosing a file: a click, and a click in the system's window."""
        self.acts += 2
        self.page.set_input_files(place, file)


def fits(page: Page, *, within: float = 5000) -> bool:
    """Whether the page needs no scrolling sideways; a page still on its way is waited for, in ms."""
    narrow = "() => document.body && document.documentElement.scrollWidth <= window.innerWidth"
    page.wait_for_load_state("load")
    try:
        page.wait_for_function(narrow, timeout=within)
    except TooLate:
        return False
    return True


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The running product."""
    home = tmp_path_factory.mktemp("city")
    program = home / "server.py"
    program.write_text(SERVER, encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "LIANZHANG_DATABASE": ""}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, str(program), str(home / "data"), str(port), MADE_UP],
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        assert server.stdout is not None
        line = server.stdout.readline()
        if not line.startswith("{"):
            pytest.fail("the server did not start: " + (home / "server.log").read_text())
        _wait_for(port)
        yield City(f"http://127.0.0.1:{port}", json.loads(line), server.pid)
    finally:
        server.terminate()
        server.wait(timeout=60)
        if server.stdout is not None:
            server.stdout.close()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server does not answer")


@pytest.fixture
def hand_of(city: City, chromium: Browser) -> Iterator[Callable[..., Hand]]:
    """`hand_of("officer")` signs somebody in and gives their hand; further arguments shape the browser."""
    opened: list[BrowserContext] = []

    def sign_in(username: str, **shape: Any) -> Hand:
        shape.setdefault("viewport", {"width": 1440, "height": 900})
        context = chromium.new_context(base_url=city.url, **{"locale": "zh-CN", **shape})
        opened.append(context)
        page = context.new_page()
        page.goto("/login/")
        page.fill("#id_username", username)
        page.fill("#id_password", city.passwords[username])
        page.locator("main form button").click()
        page.wait_for_url(lambda address: "/login" not in address)
        return Hand(page)

    yield sign_in
    for context in opened:
        context.close()
