"""The registry: every enterprise once, with each value's source and date."""
