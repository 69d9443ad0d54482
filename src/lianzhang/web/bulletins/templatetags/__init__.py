"""Tags of the pages about bulletins."""
