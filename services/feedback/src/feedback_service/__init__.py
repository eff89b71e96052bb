"""Citizens and businesses: satisfaction, complaints, the public log."""
