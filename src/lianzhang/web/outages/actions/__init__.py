"""Writes of this noun, one file a verb."""
