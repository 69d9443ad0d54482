"""The ground of the whole suite: a data folder of its own, the chosen database, steady random examples."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, sync_playwright

from lianzhang.web.settings import environment
from lianzhang.web.translations import compile_if_needed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOME = Path(tempfile.mkdtemp(prefix="lianzhang-tests-"))
os.environ["LIANZHANG_HOME"] = str(HOME)
settings.LIANZHANG_HOME = HOME


def _choose_database() -> None:
    """SQLite in the data folder, or PostgreSQL when `LIANZHANG_TEST_DATABASE=postgres://…` says so."""
    address = os.environ.get("LIANZHANG_TEST_DATABASE", "")
    chosen = environment.database(address, folder=HOME)
    if not address:
        # A file, because an SQLite database in memory has neither the journal nor the locks of a real one.
        chosen["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
    settings.DATABASES["default"] = chosen
    # Django was set up before this file was read: let it look at the settings again.
    connections.settings = connections.configure_settings(settings.DATABASES)
    if hasattr(connections._connections, "default"):  # type: ignore[attr-defined]
        del connections["default"]


_choose_database()

# Fixed examples: a failure in CI is the same failure at home. HYPOTHESIS_PROFILE=search looks for new ones.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, max_examples=100)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

compile_if_needed()


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions empty all tables afterwards, which some tables refuse: let them."""
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(case: Any) -> None:
        from django.db import connection

        from lianzhang.kernel.event import GENESIS
        from lianzhang.web.flow import triggers as flow
        from lianzhang.web.journal import triggers as journal
        from lianzhang.web.journal.models import Head
        from lianzhang.web.measures import triggers as measures

        for triggers in (journal, measures, flow):
            triggers.remove(connection)
        try:
            original(case)
        finally:
            for triggers in (journal, measures, flow):
                triggers.install(connection)
            Head.objects.update_or_create(id=1, defaults={"seq": 0, "hash": GENESIS})

    # TestCase has a teardown of its own, which rolls back and needs none of this.
    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium of this machine, one for all tests of a process."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium")
    # Playwright's loop runs in this thread until the last test, whichever tests come in between; Django would
    # take all of them for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()
