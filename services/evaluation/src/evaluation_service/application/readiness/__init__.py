"""What is missing in a period before its inputs are fixed."""
