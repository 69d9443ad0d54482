"""Numbers: hard to guess, easy to read out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lianzhang.casework.numbering import file_number, public_number, read_public_number


@given(st.binary(min_size=8, max_size=8))
def test_a_number_read_back_as_people_type_it_is_the_same(random: bytes) -> None:
    number = public_number(random)
    typed = number.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert read_public_number(typed) == number


@given(st.binary(min_size=8, max_size=8), st.integers(0, 11), st.integers(1, 30))
def test_one_wrong_character_is_noticed(random: bytes, place: int, shift: int) -> None:
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    plain = public_number(random).replace("-", "")
    old = letters.index(plain[place])
    new = (old + shift) % 32
    if {old, new} != {0, 31} and old != new:
        assert read_public_number(plain[:place] + letters[new] + plain[place + 1 :]) is None


def test_anything_else_is_no_number() -> None:
    for text in ("", "1234", "诉求〔2026〕0001号", "U" * 13, "0" * 500):
        assert (
            read_public_number(text) in (None, "0000-0000-00000")
            and len(text) != 500
            or read_public_number(text) is None
        )


def test_different_random_bytes_give_different_numbers() -> None:
    assert len({public_number(n.to_bytes(8, "big")) for n in range(0, 2**20, 16)}) == 2**16


def test_the_office_files_under_kind_and_year() -> None:
    assert file_number("request", 2026, 42) == "诉求〔2026〕0042号"
