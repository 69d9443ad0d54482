"""Licensed boundaries (界线) from GeoJSON, drawn as SVG paths. We ship none: only an approved map may show them.

Reads RFC 7946: a FeatureCollection of Polygon and MultiPolygon in degrees (the coordinate system is not
changed). Which division a feature is, its properties say: `adcode`, `code` or `id`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.regions import Regions
from lianzhang.kernel.text import Text

#: Properties that may hold the division code.
CODES = ("adcode", "code", "id")
#: Points of a whole file: a city's counties at drawing size need far fewer.
MOST_POINTS = 2_000_000
_DIGITS = 5

Ring = tuple[tuple[float, float], ...]


class BoundaryError(LianzhangError):
    """A file of boundaries that cannot be used, with the feature that is wrong."""


@dataclass(frozen=True)
class Boundaries:
    """The rings of each division by region id, and the approval number of the map (审图号)."""

    rings: Mapping[str, tuple[Ring, ...]]
    approval: str

    def to_plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "approval": self.approval,
            "rings": {key: [list(map(list, ring)) for ring in rings] for key, rings in self.rings.items()},
        }

    @classmethod
    def from_plain(cls, content: Mapping[str, Any]) -> Boundaries:
        """What `to_plain` wrote."""
        rings = {
            key: tuple(tuple((point[0], point[1]) for point in ring) for ring in some)
            for key, some in content["rings"].items()
        }
        return cls(rings, content["approval"])


def read_boundaries(text: str, *, regions: Regions, approval: str) -> Boundaries:
    """The boundaries in a GeoJSON text; raises `BoundaryError` naming the feature that is wrong.

    `approval`: the approval number that has to be printed beside the map. Features of divisions that the
    pack does not know are refused, so that no other city is drawn by mistake.
    """
    if not approval.strip():
        raise BoundaryError(
            Text("没有审图号的地图不能用。", "A map without an approval number cannot be used."),
            Text("请用 --approval 写明审图号。", "Give it with --approval."),
        )
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BoundaryError(Text("不是 JSON 文件。", "The file is not JSON.")) from error
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or content.get("type") != "FeatureCollection" or not features:
        raise BoundaryError(
            Text("不是 GeoJSON 的 FeatureCollection，或其中没有要素。", "No FeatureCollection with features.")
        )
    found: dict[str, tuple[Ring, ...]] = {}
    points = 0
    for number, feature in enumerate(features, 1):
        region = _region(feature, number, regions)
        rings = tuple(_rings(feature, number))
        points += sum(map(len, rings))
        if points > MOST_POINTS:
            raise BoundaryError(
                Text(f"超过{MOST_POINTS}个点。", f"More than {MOST_POINTS} points."),
                Text("请先简化。", "Simplify it first."),
            )
        found[region] = found.get(region, ()) + rings
    return Boundaries(found, approval.strip())


def _region(feature: Any, number: int, regions: Regions) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    given = properties if isinstance(properties, dict) else {}
    code = next((str(given[key]) for key in CODES if given.get(key) not in (None, "")), "")
    region = regions.by_code(code) if code else None
    if region is None:
        raise BoundaryError(
            Text(
                f"第{number}个要素的区划代码“{code}”不在数据包的区划里。",
                f"Feature {number}: the code “{code}” is no division of the pack.",
            ),
            Text(f"代码应写在属性 {'、'.join(CODES)} 之一里。", f"It stands in one of {', '.join(CODES)}."),
        )
    return region.id


def _rings(feature: Any, number: int) -> Iterator[Ring]:
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise BoundaryError(
            Text(f"第{number}个要素不是面。", f"Feature {number} is no polygon."),
        )
    parts = geometry.get("coordinates")
    try:
        for polygon in [parts] if kind == "Polygon" else parts:
            for ring in polygon:
                yield _ring(ring)
    except (TypeError, ValueError, IndexError, KeyError) as error:
        raise BoundaryError(
            Text(f"第{number}个要素的坐标有误。", f"Feature {number} has wrong coordinates."),
            Text("应是经度、纬度，环首尾相接。", "Longitude and latitude; a ring closes."),
        ) from error


def _ring(points: Sequence[Any]) -> Ring:
    ring = tuple((round(float(point[0]), _DIGITS), round(float(point[1]), _DIGITS)) for point in points)
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("a ring has four points or more and closes")
    if not all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring):
        raise ValueError("no degrees")
    return ring


def paths(boundaries: Boundaries, *, width: int = 360) -> tuple[dict[str, str], int]:
    """An SVG path for each region and the height of the drawing.

    Plate carrée at the middle latitude: enough for a city, no measuring.
    """
    points = [point for rings in boundaries.rings.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrink = math.cos(math.radians((south + north) / 2))
    scale = width / max((east - west) * shrink, 1e-9)
    height = max(round((north - south) * scale), 1)
    made = {
        region: "".join(
            "M"
            + "L".join(f"{(x - west) * shrink * scale:.1f} {(north - y) * scale:.1f}" for x, y in ring)
            + "Z"
            for ring in rings
        )
        for region, rings in boundaries.rings.items()
    }
    return made, height
