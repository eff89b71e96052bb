"""The documents' site: pages of the repository and references made from the code, in two languages
(decision 0068)."""
