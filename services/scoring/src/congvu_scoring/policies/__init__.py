"""The shipped scoring policies, one YAML file each, and the JSON Schema of their language."""
