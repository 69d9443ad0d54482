"""Tables of offices: read from any Excel or CSV, checked cell by cell, compared, handed back, written."""

from lianzhang.tables.check import Checked, Fault, Reference, check
from lianzhang.tables.importing import ColumnsUnknown, Table, check_table, find_table
from lianzhang.tables.kinds import KIND_IDS, Field, FieldType, Kind, kinds, need_kind
from lianzhang.tables.mapping import Column, How
from lianzhang.tables.opening import open_pasted, open_workbook
from lianzhang.tables.sheet import Sheet, TableRefused, Workbook

__all__ = [
    "KIND_IDS",
    "Checked",
    "Column",
    "ColumnsUnknown",
    "Fault",
    "Field",
    "FieldType",
    "How",
    "Kind",
    "Reference",
    "Sheet",
    "Table",
    "TableRefused",
    "Workbook",
    "check",
    "check_table",
    "find_table",
    "kinds",
    "need_kind",
    "open_pasted",
    "open_workbook",
]
