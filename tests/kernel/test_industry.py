"""The national classification of industries."""

from __future__ import annotations

import pytest

from lianzhang.kernel.industry import industries


@pytest.mark.parametrize(
    ("text", "code"),
    [("3571", "3571"), ("C3571", "3571"), ("35", "35"), ("C", "C"), ("拖拉机制造", "3571"), ("６５１０", "6510"),
     ("3131", "3131"), ("0000", None), ("9999", None), ("机械", None), ("", None), ("C0000", None), ("35715", None)],
)  # fmt: skip
def test_codes_and_names_are_known(text: str, code: str | None) -> None:
    assert industries().read(text) == code


def test_the_classification_is_whole() -> None:
    names = industries().names
    assert sum(len(code) == 4 for code in names) == 1380
    assert sum(code.isalpha() for code in names) == 20
