"""The web shell: rows, pages and permissions around the pure rooms."""
