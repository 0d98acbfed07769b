"""What a check of a record found."""

from dataclasses import dataclass, field

_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is not as it should be, or that is worth saying.

    file: relative to what was checked. entry_index: the entry concerned; None if no single one
    can be named. found: what is there. do: what to do about it.
    """

    file: str
    found: str
    do: str
    entry_index: int | None = None


@dataclass(slots=True, kw_only=True)
class Verdict:
    """The outcome of a check.

    entries: how many were read. problems: damage. remarks: explained, and no damage. more: how
    many problems were counted beyond those listed. flagged: how many entries are in doubt because
    their key was revoked; the first of them stand in remarks.
    """

    origin: str = ""
    size: int = 0
    root: str = ""
    entries: int = 0
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    more: int = 0
    flagged: int = 0
    seconds: float = 0.0
    level: str = ""
    cosigned_s: int | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    def damage(self, file: str, found: str, do: str, *, entry: int | None = None) -> None:
        """List a problem; once very many are listed, count it."""
        if len(self.problems) >= _LISTED:
            self.more += 1
        else:
            self.problems.append(Problem(file=file, found=found, do=do, entry_index=entry))

    def doubt(self, file: str, index: int, found: str) -> None:
        """Flag an entry whose key was revoked; once very many are flagged, count the rest."""
        self.flagged += 1
        if self.flagged <= _LISTED:
            do = "nothing is removed: ask its author whether it stands"
            self.remarks.append(Problem(file=file, found=found, do=do, entry_index=index))

    def remark(self, file: str, found: str, do: str = "nothing") -> None:
        """Say something that is no damage."""
        self.remarks.append(Problem(file=file, found=found, do=do))
