"""Writes of imports: one file per verb."""
