"""What changes saved scenarios."""
