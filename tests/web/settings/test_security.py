"""What the browser is told, and what a server's settings promise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client

from lianzhang.casework import Role


def in_process(code: str, home: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    # Nothing of this test run counts there, nor what a browser test of the same process has set for Django.
    ours = ("LIANZHANG_", "DJANGO_")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    surroundings |= {
        "LIANZHANG_HOME": str(home),
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "DJANGO_SETTINGS_MODULE": "lianzhang.web.settings.server",
        "LIANZHANG_HOSTS": "chain.example.gov.cn",
    } | changes
    command = [sys.executable, *code.split(" ")] if code.startswith("-m ") else [sys.executable, "-c", code]
    return subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", check=False)


def test_a_servers_settings_pass_djangos_own_inspection(tmp_path: Path) -> None:
    done = in_process("-m lianzhang.web check --deploy --fail-level WARNING", tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_servers_cookies_are_bound_to_the_host_and_to_https(tmp_path: Path) -> None:
    names = [
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS", "DEBUG",
    ]  # fmt: skip
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}))"
    )
    found = json.loads(in_process(code, tmp_path).stdout)
    assert found == {
        "SESSION_COOKIE_NAME": "__Host-sid",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31536000,
        "SECURE_PROXY_SSL_HEADER": None,
        "ALLOWED_HOSTS": ["chain.example.gov.cn"],
        "DEBUG": False,
    }


def test_importing_the_settings_writes_nothing(tmp_path: Path) -> None:
    home = tmp_path / "not-yet"
    done = in_process("import django; django.setup()", home)
    assert done.returncode == 0, done.stderr
    assert not home.exists()


@pytest.mark.django_db
def test_every_page_tells_the_browser_to_load_nothing_from_elsewhere(
    signed_in: Callable[..., Client],
) -> None:
    for answer in (Client().get("/login/"), signed_in(Role.audit_admin).get("/journal/")):
        policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
        assert "unsafe" not in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.django_db
def test_pages_of_signed_in_people_are_kept_in_no_cache(signed_in: Callable[..., Client]) -> None:
    assert "no-store" in signed_in(Role.chief).get("/account/")["Cache-Control"]


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_words(person: Callable[..., Any]) -> None:
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "表单已过期" in answer.text


@pytest.mark.django_db
def test_a_page_that_does_not_exist_says_so_in_the_readers_language() -> None:
    assert "没有找到这个页面" in Client().get("/nothing/").text
    english = Client().get("/nothing/", headers={"Accept-Language": "en"})
    assert english.status_code == 404
    assert "没有" not in english.text


def test_passwords_are_kept_with_small_argon2id() -> None:
    encoded = make_password("Bridge-over-Weishui-9")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert identify_hasher(encoded).must_update(encoded) is False
