"""Pages of this noun: the chief's page of a chain, its map, the desk at which the map is drawn."""
