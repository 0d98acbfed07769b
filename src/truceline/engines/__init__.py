"""Batch kernels on columns: which pairs to weigh, what they weigh, which belong together.

They know numbers and words, no claims: the same functions run over one night in memory and over an
archive cut into partitions.
"""
