"""The append-only signed log: notes, tree, tiles, checkpoints, entries, payloads, commits, audit.

It knows no domain word beyond who may write what; with `values` it ships alone as the independent
verifier. `log` reads, `append` is the one door to write (the desk's), `audit` checks as an outsider
does.
"""
