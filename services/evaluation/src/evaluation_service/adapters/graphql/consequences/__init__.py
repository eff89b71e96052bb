"""What follows from published results."""
