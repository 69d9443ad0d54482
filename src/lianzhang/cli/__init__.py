"""The command line: each command is one file, and imports what it needs only when it runs."""
