"""Check a record as an outsider would, or every stored byte of one's own centre."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from truceline.desk.centre import SETTINGS, read_settings
from truceline.desk.clock import machine_us
from truceline.desk.couriers.logs import over_http
from truceline.desk.errors import CentreRefused
from truceline.desk.overdue import overdue_relays
from truceline.ledger import policy as policies
from truceline.ledger.audit import Difference, Problem, Verdict, compare, fsck, log_get, verify
from truceline.ledger.errors import LedgerError, Malformed
from truceline.ledger.log import Log
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy
from truceline.ledger.store import CLOSED
from truceline.ledger.tiles import Get
from truceline.values.instant import SECOND_US
from truceline.values.mode import Mode

OWN_KEY = (
    "checked with the folder's own trust file: this shows that it is consistent, not whose it is"
)


STALE_S = 15 * 60  # heads are cosigned every minute, idle or not
_ASK_AROUND = "fetch it again, or ask a witness or another party for a newer head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found, ready to print.

    whose: where the keys came from, where that limits what was shown.
    against: what departs from a kept copy; None where none was given or nothing does.
    """

    verdict: Verdict
    whose: str = ""
    against: Difference | None = None

    @property
    def entries(self) -> int:
        """How many entries were read."""
        return self.verdict.entries

    @property
    def problems(self) -> bool:
        """Whether anything is wrong."""
        return not self.verdict.ok or self.against is not None

    def lines(self) -> Iterator[str]:
        """What to print, the worst first."""
        if self.against is not None:
            yield from _difference(self.against)
        for problem in self.verdict.problems:
            yield f"DAMAGED {_line(problem)}"
        if self.verdict.more:
            yield f"… and {self.verdict.more} more problems of the same kinds"
        for remark in self.verdict.remarks:
            yield _line(remark)
        state = "damaged" if self.problems else "whole"
        yield f"log {self.verdict.origin or 'unknown'}: {self.verdict.size:,} entries, {state}"
        if self.verdict.root:
            yield f"root {self.verdict.root}"
        if self.verdict.level:
            yield f"level {self.verdict.level}"
        if self.whose:
            yield self.whose

    def as_fields(self) -> dict[str, Any]:
        """The same as one object."""
        return {
            "origin": self.verdict.origin,
            "size": self.verdict.size,
            "root": self.verdict.root,
            "entries": self.verdict.entries,
            "ok": not self.problems,
            "own_key": bool(self.whose),
            "level": self.verdict.level or None,
            "cosigned_us": (self.verdict.cosigned_s or 0) * SECOND_US or None,
            "problems": [_fields(problem) for problem in self.verdict.problems],
            "remarks": [_fields(remark) for remark in self.verdict.remarks],
            "more": self.verdict.more,
            "differs_at": self.against.index if self.against else None,
            "difference": self.against.found if self.against else None,
        }


def check_log(  # noqa: PLR0913 - one argument per option of the command
    where: str,
    keys: Sequence[str] = (),
    policy: Path | None = None,
    copy: Path | None = None,
    *,
    authors: bool = False,
    max_age_s: int | None = None,
) -> Checked:
    """Check a log at a centre, its `log/` folder, or a URL.

    keys: verifier keys, or files that hold one a line. copy: a copy of the log kept earlier.
    authors: also hold every entry to the rules of admission again. max_age_s: how old the newest
    cosignatures may be; without it, old ones are a remark.
    Raises CentreRefused where there is no key to check with, or no log.
    """
    get, trust, whose = open_log(where, keys, policy)
    verdict = verify(get, trust, authors=authors, quorum=not whose)
    _stale(verdict, max_age_s, machine_us() // SECOND_US)
    against = compare(_log_folder(copy), get, trust) if copy is not None else None
    return Checked(verdict=verdict, whose=whose, against=against)


def _stale(verdict: Verdict, max_age_s: int | None, now_s: int) -> None:
    """Say how long ago the head was cosigned: an old one may hide that the log went on."""
    if verdict.cosigned_s is None:
        if max_age_s is not None:
            verdict.damage("checkpoint", "no witness we know has cosigned it", _ASK_AROUND)
        return
    age_s = now_s - verdict.cosigned_s
    found = f"cosigned {age_s // 60} minutes ago, by the median of its witnesses"
    if max_age_s is not None and age_s > max_age_s:
        verdict.damage("checkpoint", found, _ASK_AROUND)
    elif age_s > STALE_S:
        verdict.remark("checkpoint", found, _ASK_AROUND)


def open_log(
    where: str, keys: Sequence[str] = (), policy: Path | None = None
) -> tuple[Get, Policy | Sequence[Key], str]:
    """A log's files, whom to trust for it, and where those keys come from if that says little.

    Raises CentreRefused where there is no key to check with, or no log.
    """
    get, own = _reader(where)
    trust, whose = _trust(where, keys, policy, own)
    return get, trust, whose


def check_folder(folder: Path) -> Checked:
    """Check and explain every stored byte of a centre."""
    verdict = fsck(folder)
    _settings(folder, verdict)
    _overdue(folder, verdict)
    return Checked(verdict=verdict)


def _overdue(folder: Path, verdict: Verdict) -> None:
    """Name what parties say they were shown, and the record should hold by now and does not."""
    try:
        late = overdue_relays(Log.open(folder), machine_us())
    except LedgerError:
        return  # the log is damaged, and has been named
    for one in late:
        found = f"shown to {', '.join(one.by)} and still not in the log: an overdue relay"
        do = "ask them for the entry, and the centre why it did not take it"
        verdict.remark(f"entry {one.entry[:16]}…", found, do)


def _settings(folder: Path, verdict: Verdict) -> None:
    """Hold `centre.toml` against what the centre was founded as."""
    if not (folder / SETTINGS).exists() or (folder / CLOSED).exists():
        return
    do = "put the line right; what the centre is, its ledger says"
    try:
        settings = read_settings(folder)
        log = Log.open(folder)
        founded = log.payload(log.entry(0))
        charter = msgspec.json.decode(founded or b"", type=_Founded)
    except CentreRefused as problem:
        verdict.damage(SETTINGS, str(problem), do)
        return
    except (LedgerError, msgspec.MsgspecError, UnicodeDecodeError, IndexError):
        return  # the log or the founding payload is damaged, and has been named
    said = (settings.name, settings.mode, settings.origin)
    if said != (charter.names["en"], charter.mode, charter.origin):
        found = f"says {', '.join(said)}; the ledger was founded as"
        was = f"{charter.names['en']}, {charter.mode}, {charter.origin}"
        verdict.damage(SETTINGS, f"{found} {was}", do)


class _Founded(msgspec.Struct, frozen=True):
    """Of the founding payload: what `centre.toml` repeats."""

    names: dict[str, str]
    mode: Mode
    origin: str


def public_keys(folder: Path) -> list[str]:
    """The log's verifier keys in note form, the classic one first."""
    return [key.vkey for key in _own_trust(folder).logs]


def _reader(where: str) -> tuple[Get, Path | None]:
    if where.startswith(("http://", "https://")):
        return over_http(where), None
    folder = _log_folder(Path(where))
    if not (folder / "checkpoint").is_file():
        raise CentreRefused(
            f"{where} holds no log: want a centre, or a folder with a checkpoint in it"
        )
    return log_get(folder), folder.parent


def _log_folder(where: Path) -> Path:
    return where / "log" if (where / "log").is_dir() else where


def _trust(
    where: str, keys: Sequence[str], policy: Path | None, own: Path | None
) -> tuple[Policy | Sequence[Key], str]:
    if policy is not None:
        return policies.parse(policy.read_bytes()), ""
    if keys:
        return [key for given in keys for key in given_keys(given)], ""
    if own is None or not (own / "trust").is_file():
        raise CentreRefused(
            f"{where} comes without a key; give the one you were handed: --key FILE"
        )
    return _own_trust(own), OWN_KEY


def _own_trust(folder: Path) -> Policy:
    try:
        return policies.parse((folder / "trust").read_bytes())
    except (OSError, Malformed) as problem:
        raise CentreRefused(
            f"{folder / 'trust'}: {problem}; restore it from any party's copy"
        ) from problem


def given_keys(given: str) -> list[Key]:
    """The keys of a file, one a line, or the key itself; CentreRefused where there is none."""
    lines = [line.strip() for line in _text_of(given).splitlines() if line.strip()]
    if not lines:
        # No key at all would make `verify` check consistency alone, and look as if it had passed.
        raise CentreRefused(f"{given}: holds no key; give the one you were handed")
    return [Key.parse(line) for line in lines]


def _text_of(given: str) -> str:
    path = Path(given)
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else given
    except UnicodeDecodeError as problem:
        raise CentreRefused(f"{given}: holds no key in note form, but bytes") from problem
    except OSError:  # too long for a path, as a post-quantum key is
        return given


def _difference(found: Difference) -> Iterator[str]:
    which = "the heads" if found.index is None else f"entry {found.index}"
    yield f"REWRITTEN {which}: {found.found}"
    for side, version in (("kept", found.kept), ("shown", found.shown)):
        if version is not None and version.entry is not None:
            names = ", ".join(version.signed_by)
            holds = {True: "holds", False: "DOES NOT HOLD", None: "cannot be checked"}[
                version.holds
            ]
            yield f"  as {side}: {version.entry.kind}, signature of {names} {holds}"
    if found.both_signed:
        yield "  the log's key signed both: these two heads prove it to anyone"


def _line(problem: Problem) -> str:
    entry = "" if problem.entry_index is None else f", entry {problem.entry_index}"
    return f"{problem.file}{entry}: {problem.found}; {problem.do}"


def _fields(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "entry": problem.entry_index,
        "found": problem.found,
        "do": problem.do,
    }
