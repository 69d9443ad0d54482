"""People: organisations, posts, persons holding posts, sign-in, and who may do what."""
