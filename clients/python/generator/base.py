"""What the generated methods stand on."""

from congvu_client.transport import AsyncTransport, Transport


class AsyncBase(AsyncTransport):
    """Awaits its answers."""


class Base(Transport):
    """Waits for its answers."""
