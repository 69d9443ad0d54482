"""Workbooks as Excel, WPS and the usual libraries write them, read with array arithmetic and no parser.

Whatever plain workbooks do not hold ends the attempt with `NotPlain`, and the general reader takes over.
"""

from lianzhang.tables.plain.cells import hidden_rows
from lianzhang.tables.plain.sheets import read_sheet
from lianzhang.tables.plain.strings import shared_texts
from lianzhang.tables.plain.styles import Shown, cell_styles, shown_by
from lianzhang.tables.plain.words import NotPlain

__all__ = ["NotPlain", "Shown", "cell_styles", "hidden_rows", "read_sheet", "shared_texts", "shown_by"]
