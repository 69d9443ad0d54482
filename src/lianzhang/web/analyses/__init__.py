"""Measures of the city's own figures, and scenarios kept to be compared."""
