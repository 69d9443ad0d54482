"""Pairing with one institute and one bank: needs shared by consent, claimed, answered, confirmed by both sides."""
