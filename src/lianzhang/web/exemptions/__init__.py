"""The exemption desk: facts of a minor violation, the grounds the law gives, and the officers' own answers."""
