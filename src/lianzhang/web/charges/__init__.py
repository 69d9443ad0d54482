"""Enterprises in the charge of a chief or an officer (包保企业)."""
