"""Forms of the pages about bulletins; kernel values check what is typed."""
