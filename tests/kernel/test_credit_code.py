"""The credit code of GB 32100-2015: what its check character sees, and what it cannot see."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import CreditCodeError
from lianzhang.kernel.credit_code import (
    ALPHABET,
    CreditCode,
    check_character,
    entity_check_character,
    faults,
    normalise,
    parse,
)

#: Weights as the standard prints them, not as the program computes them (GB 32100-2015).
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

#: Public codes of well-known organisations; every check character was verified by hand.
ISSUED = (
    "913700007456765902",
    "91370200264574251E",
    "914403001922038216",
    "91440400192548256N",
    "9144030071526726XG",
    "91100000100003962T",
    "12100000400000624D",
    "9131000063159284XQ",
)

digits = st.sampled_from("0123456789")
signs = st.sampled_from(ALPHABET)
bodies = st.tuples(
    st.text(signs, min_size=2, max_size=2),
    st.text(digits, min_size=6, max_size=6),
    st.text(signs, min_size=9, max_size=9),
).map("".join)


def _agrees(code: str) -> bool:
    return check_character(code[:17]) == code[17]


@pytest.mark.parametrize("code", ISSUED)
def test_an_issued_code_is_sound(code: str) -> None:
    assert faults(code) == ()
    assert parse(code) == CreditCode(code, checked=True)


def test_the_worked_example_of_the_standard_comes_out_as_printed() -> None:
    assert check_character("91350100M000100Y4") == "3"
    assert _agrees("91350100M000100Y43")


@given(bodies)
def test_the_check_character_follows_the_printed_weights(body: str) -> None:
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(body, WEIGHTS, strict=True))
    assert ALPHABET.index(check_character(body)) == (31 - total % 31) % 31


@given(bodies, st.integers(0, 17), signs)
def test_any_one_wrong_sign_is_seen(body: str, place: int, sign: str) -> None:
    """Every weight is a unit modulo the prime 31, so no single substitution can hide."""
    code = body + check_character(body)
    changed = code[:place] + sign + code[place + 1 :]
    assert _agrees(changed) == (changed == code)


@given(bodies, st.integers(0, 16))
def test_two_neighbours_that_change_places_are_seen(body: str, place: int) -> None:
    """Neighbouring weights differ modulo 31, the last of them from the check character's own 1."""
    code = body + check_character(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert _agrees(swapped) == (swapped == code)


@given(bodies, st.integers(0, 17), st.integers(0, 17))
def test_of_all_exchanges_only_that_of_the_first_and_the_last_sign_hides(body: str, i: int, j: int) -> None:
    """3 has order 30 modulo 31: only the first sign and the check character share a weight."""
    code = list(body + check_character(body))
    before = "".join(code)
    code[i], code[j] = code[j], code[i]
    after = "".join(code)
    assert _agrees(after) == (after == before or {i, j} == {0, 17})


def test_every_single_substitution_in_an_issued_code_is_a_fault() -> None:
    for code in ISSUED:
        for place in range(18):
            for sign in ALPHABET.replace(code[place], ""):
                assert faults(code[:place] + sign + code[place + 1 :]), f"{code} {place} {sign}"


@given(st.text(digits, min_size=8, max_size=8), st.integers(0, 7), digits)
def test_any_one_wrong_digit_of_an_organisation_code_is_seen(body: str, place: int, digit: str) -> None:
    """Weights and digits are units modulo the prime 11, and every remainder has a sign of its own."""
    changed = body[:place] + digit + body[place + 1 :]
    assert (entity_check_character(changed) == entity_check_character(body)) == (changed == body)


def test_an_organisation_code_ends_with_an_x_when_the_rest_is_ten() -> None:
    assert entity_check_character("71526726") == "X"
    assert entity_check_character("74567659") == "0"


def test_a_wrong_last_sign_is_told_with_the_right_one() -> None:
    (fault,) = faults("914403001922038217")
    assert "第18位" in fault.zh and "“6”" in fault.zh and "“7”" in fault.zh
    assert "“6”" in fault.en and "“7”" in fault.en


def test_a_letter_o_in_place_of_a_nought_is_shown_and_never_replaced() -> None:
    (fault,) = faults("9137000074567659O2")
    assert "第17位“O”" in fault.zh
    assert "17, “O”" in fault.en
    assert normalise("9137000074567659O2") == "9137000074567659O2"


def test_swapped_neighbours_fail_both_checks() -> None:
    last, inner = faults("913700007456765092")
    assert "第18位" in last.zh and "“L”" in last.zh
    assert "第17位" in inner.zh


def test_a_missing_sign_is_counted() -> None:
    (fault,) = faults("91370000745676590")
    assert fault.zh == "应为18位，实为17位。"
    assert fault.en == "It should have 18 characters and has 17."


@pytest.mark.parametrize("sign", "IOZSV")
def test_the_five_letters_the_standard_leaves_out_are_each_refused(sign: str) -> None:
    with pytest.raises(CreditCodeError) as caught:
        parse(f"9137000074567659{sign}2")
    assert f"“{sign}”" in caught.value.say("zh")
    assert f"“{sign}”" in caught.value.say("en")


def test_letters_where_the_division_stands_are_refused() -> None:
    with pytest.raises(CreditCodeError, match="第3至8位“37A000”"):
        parse("9137A000745676590" + "2")


@pytest.mark.parametrize(("code", "wanted"), [("91350211M0000XUF46", "R"), ("91350100M0001TGQXM", "1")])
def test_a_code_really_issued_with_a_wrong_check_is_kept_and_marked(code: str, wanted: str) -> None:
    found = parse(code)
    assert found.text == code
    assert not found.checked
    assert any(f"“{wanted}”" in fault.zh for fault in faults(code))


@pytest.mark.parametrize(
    "raw",
    [
        "９１４４０３００７１５２６７２６ＸＧ",
        "9144030071526726xg",
        " 9144 0300 7152 6726 XG\n",
        "914403007-1526726XG",
        "\u200b9144030071526726XG\ufeff",
        "9144030071526726\u3000XG",
    ],
)
def test_width_case_blanks_and_hyphens_do_not_matter(raw: str) -> None:
    assert parse(raw).text == "9144030071526726XG"


def test_a_code_tells_its_parts() -> None:
    code = parse("9144030071526726XG")
    assert (code.department, code.entity_class) == ("9", "1")
    assert code.registering_authority == "440300"
    assert code.entity_id == "71526726X"


def test_the_division_of_a_code_is_that_of_the_registration_even_when_it_is_gone() -> None:
    body = "91371523" + "00000000" + entity_check_character("00000000")
    code = parse(body + check_character(body))
    assert code.checked
    assert code.registering_authority == "371523"


@given(st.text(max_size=24))
def test_any_text_is_a_code_or_a_credit_code_error(raw: str) -> None:
    told = ""
    try:
        code = parse(raw)
    except CreditCodeError as error:
        told = error.say("zh")
        code = None
    if code is None:
        assert f"“{raw}”" in told
        assert faults(raw)
    else:
        assert len(code.text) == 18
        assert code.checked == (not faults(raw))
