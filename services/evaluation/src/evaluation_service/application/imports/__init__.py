"""Personnel as its systems send it, row by row."""
