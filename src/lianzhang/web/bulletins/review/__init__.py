"""What the review desk shows: the original with its places marked, the claims in their groups."""
