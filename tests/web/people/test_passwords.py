"""Which passwords are taken under which profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from lianzhang.casework import PROGRAM, Role
from lianzhang.web.people.actions.password import set_password
from lianzhang.web.people.models import Person


def codes(password: str, person: Person | None = None) -> set[str]:
    try:
        validate_password(password, person)
    except ValidationError as refusal:
        return {error.code for error in refusal.error_list}
    return set()


@pytest.mark.parametrize(
    ("password", "refused_for"),
    [
        ("Canal-at-Linqing-1411", set()),
        ("运河边的老槐树Tree7", set()),
        ("Short-1a", {"password_too_short"}),
        ("alllowercaseletters", {"password_few_kinds"}),
        ("lowercase-with-signs", {"password_few_kinds"}),
        ("Liaocheng2025!", {"password_local_word"}),
        ("聊城产业链2026Aa!", {"password_local_word"}),
        ("Aa1-" * 80, {"password_too_long"}),
        ("password1234", {"password_local_word", "password_few_kinds", "password_too_common"}),
    ],
)
def test_under_mlps_a_password_has_three_kinds_and_no_local_words(
    password: str, refused_for: set[str]
) -> None:
    assert codes(password) == refused_for


def test_under_asvs_kinds_of_characters_do_not_matter(settings: Any) -> None:
    settings.AUTH_PASSWORD_VALIDATORS = [
        rule
        for rule in settings.AUTH_PASSWORD_VALIDATORS
        if not rule["NAME"].endswith(("CharacterClasses", "NotAmongLastFive"))
    ]
    assert codes("correct horse battery staple") == set()
    assert codes("liaocheng2025") == {"password_local_word"}


@pytest.mark.django_db
def test_the_own_name_and_organisation_are_guessed_first(person: Callable[..., Person]) -> None:
    someone = person(Role.chain_officer, username="zhangweiguo")
    assert "password_too_similar" in codes("Zhangweiguo-1", someone)
    office = someone.holdings.get().post.organisation
    office.short_name = "运河机械"
    office.save()
    assert codes("运河机械2026-Abc", someone) == {"password_local_word"}


@pytest.mark.django_db
def test_the_last_five_passwords_are_used_up(person: Callable[..., Person]) -> None:
    someone = person(Role.chief)
    used = [f"Canal-at-Linqing-{number}" for number in range(6)]
    for password in used:
        set_password(PROGRAM, someone, password)
    assert [bool(codes(password, someone)) for password in used] == [False, True, True, True, True, True]


@pytest.mark.django_db
def test_changing_the_password_ends_all_sessions(
    person: Callable[..., Person], signed_in: Callable[..., Any]
) -> None:
    someone = person(Role.chief)
    client = signed_in(someone)
    set_password(PROGRAM, someone, "Canal-at-Linqing-1411")
    assert client.get("/account/").status_code == 302
