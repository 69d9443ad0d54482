"""Lists of measures with their lives, the exemption desk, and what each enterprise is entitled to."""
