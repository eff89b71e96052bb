"""From a plain document to a `Policy`."""
