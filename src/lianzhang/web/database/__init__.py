"""How rows are kept safe: the SQLite backend with one writer, and start-up checks for both databases."""
