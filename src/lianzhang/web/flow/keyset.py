"""Pages of a long list that are found by where the last one ended, not by counting from the start.

Page 700 costs what page 1 costs, and a row that comes in while somebody reads shifts nothing: no row is shown
twice or left out. (The method is described as “keyset pagination” by M. Winand, SQL Performance Explained, 2012.)
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet

#: The word for the far end in place of a position.
END = "end"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Order:
    """By one instant and then by id, both the same way. The instant is never null in the rows."""

    column: str
    newest_first: bool = True

    def sorted(self, rows: QuerySet[Any], *, backwards: bool = False) -> QuerySet[Any]:
        """The rows in this order, or the other way round."""
        sign = "-" if self.newest_first is not backwards else ""
        return rows.order_by(f"{sign}{self.column}", f"{sign}pk")

    def beyond(self, at: datetime, pk: UUID, *, backwards: bool = False) -> Q:
        """Everything that comes after the row at this place, or before it."""
        way = "lt" if self.newest_first is not backwards else "gt"
        further = Q(**{f"{self.column}__{way}": at}) | Q(**{f"pk__{way}": pk})
        # The first half alone lets the database start in the middle of its index.
        return Q(**{f"{self.column}__{way}e": at}) & further

    def place_of(self, row: Any) -> str:
        """Where the row stands, as text for an address."""
        said = json.dumps([getattr(row, self.column).isoformat(), row.pk.hex])
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


@dataclass(frozen=True, slots=True)
class Window:
    """The rows of one page with the addresses of its neighbours; an address is empty where there is none."""

    rows: list[Any]
    total: int
    before: str = ""
    after: str = ""
    first: str = ""
    last: str = ""


def window(rows: QuerySet[Any], order: Order, asked: Mapping[str, str], size: int) -> Window:
    """The page that `asked` (the query of the address) means: `after` or `before` a place, or the first.

    A place nobody gave out leads to the first page, `page=7` of an old link to where the seventh page begins
    now, and beyond the last row to the last page.
    """
    total = rows.order_by().count()
    if not total:
        return Window([], 0)
    backwards, place = _asked(rows, order, asked, size)
    if backwards and place is None:
        found = list(order.sorted(rows, backwards=True)[: (total - 1) % size + 1])[::-1]
        return _window(found, order, asked, total, before=total > len(found), after=False)
    narrowed = rows.filter(order.beyond(*place, backwards=backwards)) if place else rows
    found = list(order.sorted(narrowed, backwards=backwards)[: size + 1])
    further = len(found) > size
    if backwards and not further:
        # The beginning of the list is a whole page, even when one steps back to it from the middle of it.
        return window(rows, order, _without(asked), size)
    if not found and place:
        return window(rows, order, {**_without(asked), "before": END}, size)
    found = found[:size][::-1] if backwards else found[:size]
    return _window(
        found,
        order,
        asked,
        total,
        before=further if backwards else place is not None,
        after=backwards or further,
    )


def _window(
    found: list[Any], order: Order, asked: Mapping[str, str], total: int, *, before: bool, after: bool
) -> Window:
    kept = _without(asked)

    def address(**place: str) -> str:
        return "?" + urlencode({**kept, **place})

    return Window(
        rows=found,
        total=total,
        before=address(before=order.place_of(found[0])) if before and found else "",
        after=address(after=order.place_of(found[-1])) if after and found else "",
        first=address() if before else "",
        last=address(before=END) if after else "",
    )


def _asked(
    rows: QuerySet[Any], order: Order, asked: Mapping[str, str], size: int
) -> tuple[bool, tuple[datetime, UUID] | None]:
    """Whether to go backwards, and from which place; backwards from none is the last page."""
    if asked.get("before") == END:
        return True, None
    for name in ("before", "after"):
        if asked.get(name) and (place := _place(asked[name])) is not None:
            return name == "before", place
    number = asked.get("page", "")
    if number == "last":
        return True, None
    if number.isascii() and number.isdigit() and int(number[:9]) > 1:
        skipped = (int(number[:9]) - 1) * size
        last = list(order.sorted(rows).values_list(order.column, "pk")[skipped - 1 : skipped])
        return (False, last[0]) if last else (True, None)
    return False, None


def _place(said: str) -> tuple[datetime, UUID] | None:
    try:
        raw = base64.urlsafe_b64decode(said[:_LONGEST] + "=" * (-len(said[:_LONGEST]) % 4))
        at, pk = json.loads(raw)
        instant = datetime.fromisoformat(at)
        return (instant, UUID(pk)) if instant.tzinfo is not None else None
    except (ValueError, TypeError, AttributeError, binascii.Error, RecursionError):
        return None


def _without(asked: Mapping[str, str]) -> dict[str, str]:
    """The query without any place in the list."""
    return {name: value for name, value in asked.items() if name not in ("after", "before", "page")}
