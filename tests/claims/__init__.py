"""Whose word a claim rests on, and what a stranger may see of it."""
