"""What templates may do to a value: word it, never compute it."""
