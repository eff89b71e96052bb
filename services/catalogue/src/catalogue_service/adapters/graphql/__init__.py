"""The catalogue as a federation subgraph."""
