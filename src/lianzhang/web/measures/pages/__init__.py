"""Pages of this noun: lists and their lives, the exemption desk, an enterprise's entitlements."""
