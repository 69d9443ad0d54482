"""Pages of people, sign-in and permission."""
