"""What changes sub-fields of counties."""
