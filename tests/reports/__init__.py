"""Sources: what is read, what is refused by name, and that nothing is lost."""
