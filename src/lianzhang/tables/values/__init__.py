"""How the cells of a column become values, or reasons why not."""

from lianzhang.tables.values.column import BLANKS, Judged, ReadColumn, Reason, Refusals, reason

__all__ = ["BLANKS", "Judged", "ReadColumn", "Reason", "Refusals", "reason"]
