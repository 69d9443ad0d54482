"""Planes lie where the machine reads them best, whatever the size of the registry."""

from __future__ import annotations

import pytest

from lianzhang.engines.layout import planes, words_for

CACHE_LINE = 64


@pytest.mark.parametrize("rows", [0, 1, 511, 512, 513, 1_000_000, 5_000_000])
def test_every_plane_holds_all_rows_and_begins_with_a_cache_line(rows: int) -> None:
    words = words_for(rows)
    found = planes(3, words)
    assert 64 * words >= rows
    assert all(plane.ctypes.data % CACHE_LINE == 0 for plane in found)
    assert not found.any()


@pytest.mark.parametrize("rows", [512 * 1024, 512 * 4096])
def test_planes_are_no_power_of_two_apart(rows: int) -> None:
    assert words_for(rows) // 8 % 2 == 1
