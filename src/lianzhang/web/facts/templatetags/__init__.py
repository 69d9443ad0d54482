"""Tags of the pages about facts."""
