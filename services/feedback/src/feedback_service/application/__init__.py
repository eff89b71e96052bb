"""Use cases, reactions and deadlines of citizens' feedback."""
