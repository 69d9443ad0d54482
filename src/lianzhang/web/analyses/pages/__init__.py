"""Pages about measures and scenarios."""
