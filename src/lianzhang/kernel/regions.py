"""Administrative divisions: codes (GB/T 2260) with their history, names, and functional zones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lianzhang.kernel.pack import Pack, required


@dataclass(frozen=True, slots=True)
class Region:
    """A division, or a functional zone (which has no GB/T 2260 code and an id of its own).

    `former` are earlier (code, name) pairs: 371523 茌平县 became 371503 茌平区 in 2019.
    """

    id: str
    name: str
    level: str
    code: str = ""
    parent: str = ""
    former: tuple[tuple[str, str], ...] = ()
    short_names: tuple[str, ...] = ()
    name_en: str = ""


class Regions:
    """All divisions of one pack, found by present or former code or name."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._all = tuple(regions)
        self._by_code: dict[str, Region] = {}
        self._by_name: dict[str, Region] = {}
        for region in self._all:
            for code, name in ((region.code, region.name), *region.former):
                if code:
                    self._by_code.setdefault(code, region)
                self._by_name.setdefault(name, region)
            self._by_code.setdefault(region.id, region)
            for name in region.short_names:
                self._by_name.setdefault(name, region)

    @classmethod
    def from_pack(cls, pack: Pack) -> Regions:
        """Read `regions.yaml` of a pack."""
        return cls(
            _region(row) for row in required(pack.read_yaml("regions.yaml"), "regions", "regions.yaml")
        )

    def __iter__(self) -> Any:
        return iter(self._all)

    def by_code(self, code: str) -> Region | None:
        """The region that has, or once had, this code."""
        return self._by_code.get(code)

    def by_name(self, name: str) -> Region | None:
        """The region that has, or once had, this name (short names allowed)."""
        return self._by_name.get(name)

    def within(self, code: str) -> tuple[Region, ...]:
        """The regions whose parent is `code`, in the order of the pack."""
        return tuple(region for region in self._all if region.parent == code)


def _region(row: Mapping[str, Any]) -> Region:
    return Region(
        id=str(required(row, "id", "regions.yaml")),
        name=required(row, "name", "regions.yaml"),
        level=required(row, "level", "regions.yaml"),
        code=str(row.get("code") or ""),
        parent=str(row.get("parent") or ""),
        former=tuple((str(item["code"]), str(item["name"])) for item in row.get("former", ())),
        short_names=tuple(row.get("short_names", ())),
        name_en=str(row.get("name_en") or ""),
    )
