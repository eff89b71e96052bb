"""Whether results are comparable, and whether figures were made to look good."""
