"""Invented ceasefires with ground truth, from a seed, on an invented map in the open ocean.

An exercise is a script: who hands in which bytes and does which act when. What truly happened is
kept apart from it, so that what a centre makes of the script can be scored. The same seed gives
the same bytes on every machine.
"""
