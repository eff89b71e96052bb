"""The expression tree: every operator of the policy language is one class that can compute,
compute a whole column at once, and say where its points came from."""
