"""Industry chains, their counties and the page that shows a chain at one glance."""
