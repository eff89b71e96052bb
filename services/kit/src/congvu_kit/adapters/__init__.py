"""MongoDB, Kafka, tokens, traces: each driver behind a port of the application."""
