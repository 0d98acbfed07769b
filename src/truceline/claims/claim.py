"""A claim: one statement with its number, its compartment and the chain of whose word it is."""

from dataclasses import dataclass

from truceline.reports.report import Covered, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a row stands in the record, and who may read it.

    entry: index in the ledger; row: data row in what was taken.
    owner: whose material it is; audience: who may read it (`values.audience`).
    interested: True where the speaker is a party to the agreement.
    known_us: when the centre received it.
    """

    entry: int
    row: int
    owner: str
    audience: str
    interested: bool
    known_us: int

    @property
    def id(self) -> str:
        """The number people quote: `17#3` is row 3 of entry 17."""
        return f"{self.entry}#{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a report says happened.

    source_key: equal for claims that rest on one origin: the same post, the same wording on the
        same day, or one party's own word. Two claims corroborate only if their keys differ.
    """

    origin: Origin
    said: Said
    source_key: str

    @property
    def id(self) -> str:
        """The claim's number, `entry#row`."""
        return self.origin.id


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveragePeriod:
    """A stretch of watching or of not watching, in the record."""

    origin: Origin
    covered: Covered

    @property
    def id(self) -> str:
        """The period's number, `entry#row`."""
        return self.origin.id
