"""Machines that judge whole registries: bit planes on one computer, databases and Spark through ibis."""

from lianzhang.engines.columns import Column, RowFacts, TableError, read_columns
from lianzhang.engines.match import Counts, Match

__all__ = ["Column", "Counts", "Match", "RowFacts", "TableError", "read_columns"]
