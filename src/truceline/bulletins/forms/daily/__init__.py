"""The daily bulletin: one period from cut-off to cut-off, beside the one before it."""
