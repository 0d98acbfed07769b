"""Values every room speaks in: instants, places, acts, texts, counts, audiences, the error root."""
