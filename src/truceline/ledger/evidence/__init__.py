"""Evidence: files that show an outsider one thing about a record, offline.

Format: docs/formats/evidence.md. `bundle` is the archive, `making` writes one from a record,
`judging` holds one against the trust file its reader was handed, `words` says the outcome in three
languages.
"""
