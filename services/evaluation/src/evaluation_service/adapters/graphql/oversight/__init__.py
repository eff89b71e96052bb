"""What those who supervise see and ask for."""
