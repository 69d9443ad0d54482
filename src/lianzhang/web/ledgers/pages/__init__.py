"""Pages of this noun: the lists, one row, patrols, the ten × counties."""
