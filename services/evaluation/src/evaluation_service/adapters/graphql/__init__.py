"""The subgraph."""
