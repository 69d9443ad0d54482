"""Codes, drawings and sealed seeds."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lianzhang.casework import Role
from lianzhang.kernel import SettingsError, clock
from lianzhang.web.people import second_factor
from lianzhang.web.people.models import Person
from lianzhang.web.people.sealing import seal, unseal
from tests.web.people.test_sign_in import code_for

SEED = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238 appendix B, last six of its eight digits."""
    with clock.fixed(datetime.fromtimestamp(seconds, UTC)):
        assert second_factor.matching_step(SEED, code) == seconds // 30
        assert second_factor.matching_step(SEED, f"{code[:3]} {code[3:]}") == seconds // 30
        assert second_factor.matching_step(SEED, code, after=seconds // 30) is None


def test_a_telephone_may_run_half_a_minute_wrong_but_not_more() -> None:
    instant = datetime(2026, 3, 2, 8, 30, 10, tzinfo=UTC)
    with clock.fixed(instant):
        code = code_for(SEED)
    for offset, works in ((-60, False), (-30, True), (30, True), (60, False)):
        with clock.fixed(datetime.fromtimestamp(instant.timestamp() + offset, UTC)):
            assert (second_factor.matching_step(SEED, code) is not None) is works


@pytest.mark.parametrize("code", ["", "12345", "１２３４５６", "abcdef", "1234567", "28708٢"])
def test_what_is_no_code_is_refused_quietly(code: str) -> None:
    with clock.fixed(datetime.fromtimestamp(59, UTC)):
        assert second_factor.matching_step(SEED, code) is None


def test_a_sealed_secret_opens_only_for_its_purpose_and_with_its_key(settings: Any, tmp_path: Path) -> None:
    sealed = seal(SEED, purpose="one")
    assert SEED.hex() not in sealed
    assert sealed.split("$")[:2] == ["aes256gcm", "1"]
    assert unseal(sealed, purpose="one") == SEED
    assert seal(SEED, purpose="one") != sealed
    with pytest.raises(SettingsError):
        unseal(sealed, purpose="two")
    with pytest.raises(SettingsError):
        unseal(sealed[:-4] + "AAAA", purpose="one")
    settings.SECRET_KEY = "another" * 10
    with pytest.raises(SettingsError, match="密钥文件与数据库不匹配"):
        unseal(sealed, purpose="one")


@pytest.mark.django_db
def test_a_person_switches_the_second_factor_on_by_showing_a_code(
    person: Callable[..., Person], signed_in: Callable[..., Client]
) -> None:
    someone = person(Role.chief)
    client = signed_in(someone)
    page = client.get("/account/second-factor/")
    assert "<svg" in page.text
    assert "style=" not in page.text.split("<main")[1]
    assert client.post("/account/second-factor/", {"code": "000000"}).status_code == 400
    seed = base32(re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1])  # type: ignore[index]
    assert client.post("/account/second-factor/", {"code": code_for(seed)}).status_code == 302
    someone.refresh_from_db()
    assert second_factor.seed_of(someone) == seed
    assert client.post("/account/second-factor/", {"code": code_for(seed)}).status_code == 400
    with clock.fixed(datetime.fromtimestamp(clock.now().timestamp() + 60, UTC)):
        assert client.post("/account/second-factor/", {"code": code_for(seed)}).status_code == 302
    someone.refresh_from_db()
    assert someone.second_factor == ""


def base32(text: str) -> bytes:
    import base64

    return base64.b32decode(text.replace(" ", ""))
