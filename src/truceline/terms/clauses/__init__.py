"""Clause kinds: what a kind adds to its norm, as checks and wording (docs/recipes/clause-kind.md).

A kind without a module here is judged by its norm alone.
"""
