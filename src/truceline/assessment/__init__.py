"""Assessment: incidents made into cases and held against the agreed terms.

Did it occur, which clause does it touch, by whom: each is its own question with its own answer, and
none is inferred from another. What is computed here is a proposal; only people make findings.
"""
