"""What an expression of the policy language is, and what it sees while it is computed."""
