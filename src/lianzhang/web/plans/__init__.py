"""The sub-fields counties choose, and the plans written from facts, maps and lists."""
