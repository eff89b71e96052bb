"""What tests of all parts share: real servers, and a proxy that breaks connections."""
