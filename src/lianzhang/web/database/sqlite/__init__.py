"""Django database backend for SQLite that loses no commit and never has two writers at once."""
