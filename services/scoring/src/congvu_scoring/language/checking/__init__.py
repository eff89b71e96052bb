"""What can only be seen with the whole policy in hand."""
