"""The reader: what coverage of talks says, who is said to have said it, where accounts differ.

Pure stages, one module each: `document` (ingest), `segment`, `quotes`, `names` and `people`,
`phrases`, `events`, `speaker`, `resolve`, `dates`, `numbers`, `facts/`, `align`, `brief`. What
comes out are proposals with exact places; a rapporteur decides. Format: docs/formats/reading.md.
"""

from truceline.talks.reading.reader import read
from truceline.talks.reading.reading import Reading

__all__ = ["Reading", "read"]
