"""What callers do, as calls to the gateway: the loader and the main story share these."""
