"""A day at the centre, in a browser, in each language."""
