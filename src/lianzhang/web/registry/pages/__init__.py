"""Pages of the registry: list, profile, desks, one's own record, title lists."""
