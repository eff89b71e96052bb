"""Personnel, periods, assignments, scores, ranking and seals."""
