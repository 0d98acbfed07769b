"""Properties of the values every room speaks in."""
