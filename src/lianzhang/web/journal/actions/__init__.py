"""Writes of the journal: one file per verb."""
