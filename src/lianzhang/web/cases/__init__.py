"""Requests of enterprises, whatever way they came, until the firm says that it is done."""
