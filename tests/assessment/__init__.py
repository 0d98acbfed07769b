"""Incidents held against terms: what occurred, which case it makes, what is proposed."""
