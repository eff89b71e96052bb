"""Exact numbers, canonical documents, sentences in two languages: what every room uses."""
