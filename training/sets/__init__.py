"""Readers of the annotated sets, one a module, each beside the table that maps it to our roles."""
