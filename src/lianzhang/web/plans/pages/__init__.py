"""Pages about sub-fields of counties and plans."""
