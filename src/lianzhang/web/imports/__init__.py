"""Tables of others brought into the registry: preview first, one transaction a batch, all of it undoable."""
