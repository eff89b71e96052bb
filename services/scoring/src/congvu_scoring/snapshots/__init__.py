"""The facts a score is computed from: lists, columns, and one frozen snapshot."""
