"""Pages about bulletins: list, upload, progress, review desk, receipt, source."""
