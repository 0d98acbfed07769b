"""Evidence, made and judged."""
