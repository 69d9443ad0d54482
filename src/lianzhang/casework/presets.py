"""Limits, classes of matters, ladders and words per kind of case: data of a pack, with days of validity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from typing import Any

from lianzhang.casework.calendar import Calendar, Span, statutory
from lianzhang.casework.clocks import Limit
from lianzhang.casework.escalation import Colour, Rung
from lianzhang.kernel import PackError, Text
from lianzhang.kernel.pack import Pack, required

FILE, CALENDAR_FILE = "casework.yaml", "calendar.yaml"


@dataclass(frozen=True, slots=True)
class Matter:
    """A class of matters and the time it may take."""

    label: Text
    limit: Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class KindPresets:
    """Everything a city sets for one kind of case. Lists keep the order of the file."""

    clocks: Mapping[str, Limit]
    matters: Mapping[str, Matter]
    ladders: Mapping[str, tuple[Rung, ...]]
    numbers: Mapping[str, int]
    words: Mapping[str, Mapping[str, Text]]

    def ladder(self, clock: str) -> tuple[Rung, ...]:
        """The ladder of a clock; helpers' clocks share the one called `help`."""
        return self.ladders.get(clock.partition(".")[0], ())


def load_presets(pack: Pack, day: date) -> Mapping[str, KindPresets]:
    """The presets in force on `day`, by kind. Raises PackError with the place that is wrong."""
    content = pack.read_yaml(FILE)
    editions = required(content, "editions", FILE)
    valid = [row for row in editions if required(row, "valid_from", FILE) <= day]
    if not valid:
        raise PackError(
            Text(
                f"{FILE} 没有{day:%Y-%m-%d}有效的版本。", f"{FILE} has no edition in force on {day:%Y-%m-%d}."
            )
        )
    edition = max(valid, key=lambda row: row["valid_from"])
    kinds = required(edition, "kinds", FILE)
    return MappingProxyType({kind: _kind(kind, rows) for kind, rows in kinds.items()})


def load_calendar(pack: Pack) -> Calendar:
    """The statutory calendar with the office hours and the years that the pack adds or corrects."""
    content = pack.read_yaml(CALENDAR_FILE)
    hours = [Span(_time(a), _time(b)) for a, b in required(content, "office_hours", CALENDAR_FILE)]
    calendar = statutory(hours)
    for year, days in sorted((content.get("years") or {}).items()):
        calendar = calendar.with_year(int(year), off=days.get("off", ()), on=days.get("on", ()))
    return calendar


def _kind(kind: str, rows: Mapping[str, Any]) -> KindPresets:
    where = f"{FILE} {kind}"
    matters = {
        name: Matter(_text(row["label"]), _limit(row["limit"], f"{where} {name}"))
        for name, row in (rows.get("matters") or {}).items()
    }
    ladders = {
        clock: tuple(_rung(row, f"{where} {clock}") for row in ladder)
        for clock, ladder in (rows.get("ladders") or {}).items()
    }
    words = {
        group: MappingProxyType({str(name): _text(said) for name, said in listed.items()})
        for group, listed in (rows.get("words") or {}).items()
    }
    return KindPresets(
        clocks=MappingProxyType(
            {name: _limit(row, f"{where} {name}") for name, row in (rows.get("clocks") or {}).items()}
        ),
        matters=MappingProxyType(matters),
        ladders=MappingProxyType(ladders),
        numbers=MappingProxyType(dict(rows.get("numbers") or {})),
        words=MappingProxyType(words),
    )


def _limit(row: Any, where: str) -> Limit:
    try:
        return Limit(**row)
    except (TypeError, ValueError) as error:
        raise PackError(
            Text(f"{where} 的时限写法有误：{row}。", f"The limit at {where} is written wrongly: {row}."),
            Text(
                "写一项：days、minutes、months 或 plain_days。",
                "Give one of days, minutes, months, plain_days.",
            ),
        ) from error


def _rung(row: Mapping[str, Any], where: str) -> Rung:
    try:
        return Rung(str(row["name"]), int(row["day"]), str(row["tells"]), Colour(row["colour"]))
    except (KeyError, ValueError) as error:
        raise PackError(
            Text(f"{where} 的升级阶梯有误：{dict(row)}。", f"The ladder at {where} is wrong: {dict(row)}.")
        ) from error


def _text(row: Mapping[str, str]) -> Text:
    return Text(row["zh"], row["en"])


def _time(text: str) -> time:
    return time.fromisoformat(text)
