"""Coordination: what parties ask of each other and promise each other, with numbers and clocks.

Complaints with receipt and reply, windows of silence under everyone's guarantee, and the register
the terms are read against. Each is a pure fold over acts in ledger order: the same acts and the
same instant give the same state. An act the rules do not allow is kept and shown as refused, and
changes nothing.
"""
