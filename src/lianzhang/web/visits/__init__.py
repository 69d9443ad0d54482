"""Visits and patrols: none doubled unawares, every finding a request; new arrivals followed for a year."""
