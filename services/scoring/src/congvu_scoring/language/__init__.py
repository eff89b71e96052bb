"""Reading the policy language: from a plain document to a checked `Policy`."""
