"""The feedback subgraph."""
