"""The dictionary of enterprise facts: what each is called, its type, unit, period, origin and question.

A pack keeps it in `facts/*.yaml`, one file per topic. Rules, imports, tables and questions to enterprises
all use these names; a name that is not here does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from lianzhang.kernel.fact import Fact, FactError, FactPeriod, FactType, FactValue, Origin, Sensitivity
from lianzhang.kernel.lined_yaml import LinedMapping, Place, read_lined_yaml
from lianzhang.kernel.pack import Pack
from lianzhang.kernel.regions import Regions
from lianzhang.kernel.text import Text


class FactDictionary(Mapping[str, Fact]):
    """All facts of one pack by name."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: dict[str, Fact] = {}
        for fact in facts:
            if fact.name in self._facts:
                first = self._facts[fact.name].place
                raise fact.place.refuse(
                    Text(
                        f"事实“{fact.name}”已在 {first} 定义。", f"{fact.name} is defined at {first} already."
                    ),
                    Text("请改名或删去一个。", "Rename it or remove one."),
                )
            self._facts[fact.name] = fact

    def __getitem__(self, name: str) -> Fact:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def need(self, name: str) -> Fact:
        """The fact of this name; raises `FactError` with the nearest names otherwise."""
        if name not in self._facts:
            near = self.near(name)
            raise FactError(
                Text(f"没有名为“{name}”的事实。", f"There is no fact called “{name}”."),
                Text(f"相近的有：{'、'.join(near)}。", f"Near it: {', '.join(near)}.") if near else None,
            )
        return self._facts[name]

    def near(self, name: str) -> list[str]:
        """Up to three names like a misspelt one."""
        return get_close_matches(name, self._facts, n=3, cutoff=0.6)

    def read(self, raw: Mapping[str, object]) -> dict[str, FactValue]:
        """Typed values of a mapping of raw ones; missing ones are left out. Raises `FactError`."""
        values: dict[str, FactValue] = {}
        for name, item in raw.items():
            value = self.need(name).read(item)
            if value is not None:
                values[name] = value
        return values


@lru_cache(maxsize=8)
def fact_dictionary(pack: Pack) -> FactDictionary:
    """The dictionary of a pack; raises `PackError` with file, line and remedy."""
    return FactDictionary(_facts_of(pack))


def _facts_of(pack: Pack) -> Iterator[Fact]:
    regions = Regions.from_pack(pack)
    for path in pack.files("facts"):
        content = read_lined_yaml(pack.read_text(path), file=f"{pack.id}/{path}")
        if not isinstance(content, LinedMapping):
            raise Place(f"{pack.id}/{path}", 1).refuse(
                Text("应是一张表（topic、label、facts）。", "It should be a mapping of topic, label, facts."),
                Text(
                    "例如 topic: size，facts 下逐条列出。", "For example topic: size, and facts one by one."
                ),
            )
        content.only(("topic", "label", "facts"))
        topic = content.need("topic")
        for row in content.need("facts"):
            yield _fact(row, topic=topic, regions=regions)


_KEYS = (
    *(
        "name",
        "label",
        "type",
        "unit",
        "period",
        "from",
        "sensitivity",
        "ask",
        "choices",
        "regions",
        "effort",
    ),
)


def _fact(row: LinedMapping, *, topic: str, regions: Regions) -> Fact:
    row.only(_KEYS)
    fact = Fact(
        name=row.need("name"),
        label=both_languages(row, "label"),
        type=_member(row, "type", FactType),
        unit=row.get("unit", ""),
        period=_member(row, "period", FactPeriod),
        origins=tuple(_word(row, "from", word, Origin) for word in row.need("from")),
        sensitivity=_member(row, "sensitivity", Sensitivity),
        ask=both_languages(row, "ask"),
        topic=topic,
        choices=_choices(row, regions),
        effort=row.get("effort", 2),
        place=row.place,
    )
    _check(fact, row)
    return fact


def both_languages(row: LinedMapping, key: str) -> Text:
    """The Chinese and English words under `key`; refuses one language alone."""
    words = row.need(key)
    if not isinstance(words, LinedMapping) or not words.get("zh") or not words.get("en"):
        raise row.at(key).refuse(
            Text(f"“{key}”须有中文和英文。", f"“{key}” needs Chinese and English."),
            Text("请写成 {zh: …, en: …}。", "Write {zh: …, en: …}."),
        )
    return Text(str(words["zh"]), str(words["en"]))


def _member(row: LinedMapping, key: str, kinds: Any) -> Any:
    return _word(row, key, row.need(key), kinds)


def _word(row: LinedMapping, key: str, word: object, kinds: Any) -> Any:
    try:
        return kinds(word)
    except ValueError as error:
        known = "、".join(kinds)
        raise row.at(key).refuse(
            Text(f"“{key}”不能是“{word}”。", f"“{key}” cannot be “{word}”."),
            Text(f"可用：{known}。", f"Use one of: {', '.join(kinds)}."),
        ) from error


def _choices(row: LinedMapping, regions: Regions) -> dict[str, Text]:
    if "regions" in row:
        levels = set(row["regions"])
        return {r.id: Text(r.name, r.name_en or r.name) for r in regions if r.level in levels}
    listed = row.get("choices")
    return {key: both_languages(listed, key) for key in listed} if isinstance(listed, LinedMapping) else {}


def _check(fact: Fact, row: LinedMapping) -> None:
    if (fact.type in {FactType.CHOICE, FactType.CHOICES}) != bool(fact.choices):
        raise row.place.refuse(
            Text("choice 与 choices 须列出选项，其余类型不能有。", "Only choice and choices list choices."),
            Text("请补上或删去 choices。", "Add or remove `choices`."),
        )
    if fact.unit and fact.type not in {FactType.NUMBER, FactType.INTEGER}:
        raise row.at("unit").refuse(
            Text("只有数值才有单位。", "Only numbers have a unit."),
            Text("请删去 unit，或改 type。", "Remove the unit, or change the type."),
        )
    if fact.effort not in {1, 2, 3}:
        raise row.at("effort").refuse(
            Text("effort 只能是1、2或3。", "effort is 1, 2 or 3."),
            Text(
                "1为补材料，2为约一年内，3为更久或做不到。",
                "1 is a paper, 2 within about a year, 3 longer or never.",
            ),
        )
    if not fact.name.isidentifier() or fact.name != fact.name.lower():
        raise row.at("name").refuse(
            Text("名称须是小写英文加下划线。", "A name is lower-case English with underscores."),
            Text("例如 revenue_ly。", "For example revenue_ly."),
        )
