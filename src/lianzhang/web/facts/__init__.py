"""Accepted facts: statements that a person took over from a bulletin, each with its source and its date."""
