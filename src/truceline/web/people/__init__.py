"""Accounts of the desk: who signs in, whose eyes they read with, what their role lets them do.

The only database models of the web room. Facts are never kept here.
"""
