"""E-mail: each person's confirmed address and choice of kinds, and an outbox written with the act it tells of."""
