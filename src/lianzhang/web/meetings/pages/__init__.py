"""Pages of consultations and resolutions."""
