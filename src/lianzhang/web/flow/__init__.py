"""How cases of every kind move in the database: one door, their clocks, their log, who is told."""
