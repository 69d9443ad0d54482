"""Bulletins: documents as received, the claims read from them, and the desk where people judge the claims."""
