"""The rules in force: presets of the pack and the calendar with the years that the city entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from django.conf import settings

from lianzhang.casework import Calendar, KindPresets, load_calendar, load_presets
from lianzhang.kernel import clock
from lianzhang.kernel.pack import open_pack
from lianzhang.web.flow.models import CalendarYear


def presets(kind: str) -> KindPresets:
    """What the city sets for this kind of case today."""
    return _presets(settings.LIANZHANG_PACK, clock.today())[kind]


@lru_cache(maxsize=8)
def _presets(pack: str, day: date) -> Mapping[str, KindPresets]:
    return load_presets(open_pack(pack), day)


def calendar() -> Calendar:
    """The calendar of the pack with the years entered on the page of the calendar; the latest version counts."""
    entered = CalendarYear.objects.order_by("id").values_list("year", "off", "on")
    latest = {year: (tuple(off), tuple(on)) for year, off, on in entered}
    return _calendar(settings.LIANZHANG_PACK, tuple(sorted(latest.items())))


@lru_cache(maxsize=8)
def _calendar(
    pack: str, entered: tuple[tuple[int, tuple[tuple[str, ...], tuple[str, ...]]], ...]
) -> Calendar:
    found = load_calendar(open_pack(pack))
    for year, (off, on) in entered:
        found = found.with_year(year, off=map(date.fromisoformat, off), on=map(date.fromisoformat, on))
    return found
