"""From a policy and facts to scores, bands, ranks and years."""
