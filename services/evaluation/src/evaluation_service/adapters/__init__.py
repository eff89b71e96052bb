"""Evaluation meets the outside: files, databases, brokers, GraphQL, the command line."""
