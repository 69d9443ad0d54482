"""Gaps, blocks and stuck points of a chain (断点、堵点、卡点), from the finding to the closing."""
