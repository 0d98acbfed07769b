"""An agreement as it may be used: typed, hashed, its geometry drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from truceline.terms.document import Article, Clause, Doc, Evidence, Party
from truceline.terms.nodes import Node
from truceline.terms.places import Atlas
from truceline.terms.shapes import Files
from truceline.values.errors import BadValue
from truceline.values.instant import zone

__all__ = ["Agreement", "Article", "Clause", "Party"]

CERTAINTY = Evidence(breach_at_bp=10_000, none_at_bp=0)
EVENT = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Agreement:
    """One agreement in one version and one reading.

    sha256: of the canonical JSON of the whole document as loaded, whatever the version.
    authored: the tree of the file, from which versions and readings are made.
    applied: ids of the amendments applied; reading: the interpretation, "" for the text alone.
    repealed: clauses that an amendment has ended.
    memory: versions made so far, by (reading, amendments); dropping it changes no answer.
    """

    doc: Doc
    atlas: Atlas
    sha256: str
    authored: Node
    files: Files
    applied: tuple[str, ...] = ()
    reading: str = ""
    repealed: frozenset[str] = frozenset()
    memory: dict[tuple[str, tuple[str, ...]], "Agreement"] = field(default_factory=dict)

    @property
    def parties(self) -> Mapping[str, Party]:
        """The parties by code."""
        return self.doc.parties

    @property
    def zone(self) -> ZoneInfo:
        """The zone calendar days are counted in."""
        return zone(self.doc.tz)

    def clauses(self) -> Iterator[Clause]:
        """Every clause, in the order of the articles."""
        for article in self.doc.articles:
            yield from article.clauses

    def clause(self, clause_id: str) -> Clause:
        """A clause by its id; BadValue names one that is not there."""
        for clause in self.clauses():
            if clause.id == clause_id:
                return clause
        raise BadValue(f"no clause {clause_id!r} in {self.doc.id}")

    def article_of(self, clause_id: str) -> Article:
        """The article a clause belongs to; BadValue names a clause that is not there."""
        for article in self.doc.articles:
            if any(clause.id == clause_id for clause in article.clauses):
                return article
        raise BadValue(f"no clause {clause_id!r} in {self.doc.id}")

    def bearers(self, clause: Clause) -> tuple[str, ...]:
        """Who a clause binds: `who`, or all parties where it names nobody."""
        return clause.who or tuple(self.doc.parties)

    def codes(self, bearer: str) -> frozenset[str]:
        """The actor codes a bearer stands for."""
        party = self.doc.parties.get(bearer)
        return frozenset((bearer, *(party.responsible_for if party else ())))

    def evidence(self, clause: Clause) -> Evidence:
        """The standard of proof: the clause's, the agreement's, else certainty."""
        return clause.evidence or self.doc.evidence or CERTAINTY
