"""Tags of this noun."""
