"""Complaints, windows of silence and the register: what the acts do, and what they may not."""
