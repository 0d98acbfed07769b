"""Truceline: one record of alleged ceasefire violations that nobody can secretly change."""

__version__ = "0.1.0"
