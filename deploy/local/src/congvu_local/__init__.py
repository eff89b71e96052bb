"""The embedded profile: real database, broker, issuer, services and gateway as child processes."""
