"""Comparing a mention with a name of the registry: one file per kind of evidence, each gives a level per pair."""
