"""Starts a service, keeps its workers up and serves its graph."""
