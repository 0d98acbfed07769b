"""Trust files that change: signed by the officers of enough parties (docs/formats/trust.md).

`truceline-trust/v1 <origin>`, then `{"at","lines","serial"}`: the lines of the trust file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import msgspec

from truceline.ledger import note, policy
from truceline.ledger.entry import Count
from truceline.ledger.errors import Malformed, NoKnownKey
from truceline.ledger.policy import Policy
from truceline.ledger.standing import ROOTS, State
from truceline.values.canonical import canonical
from truceline.values.errors import BadValue

if TYPE_CHECKING:
    from truceline.ledger.keys import Signer

FIRST_LINE = "truceline-trust/v1"
MAX_BYTES = 256 * 1024


class _Said(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    at: Count
    lines: tuple[str, ...]
    serial: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustNote:
    """A trust file as sent round, signatures unchecked. serial: each one higher than the last."""

    origin: str
    serial: int
    at_us: int
    trust: bytes

    @property
    def policy(self) -> Policy:
        """What the trust file says; Malformed if it is none."""
        return policy.parse(self.trust)


def make(origin: str, trust: bytes, serial: int, at_us: int, signers: Sequence["Signer"]) -> bytes:
    """Write the note and put the first lines under it; Malformed if this is no trust file."""
    policy.parse(trust)
    said = _Said(at=at_us, lines=tuple(trust.decode().split("\n")), serial=serial)
    text = f"{FIRST_LINE} {origin}\n".encode() + canonical(said) + b"\n"
    return note.render(text, [signer.sign(text) for signer in signers])


def read(raw: bytes) -> TrustNote:
    """Read the note, signatures unchecked; Malformed if it or the file in it is none."""
    if len(raw) > MAX_BYTES:
        raise Malformed(f"{FIRST_LINE}: {len(raw)} bytes; want at most {MAX_BYTES}")
    first, _, line = note.parse(raw).text.partition(b"\n")
    kind, _, origin = first.decode().partition(" ")
    if kind != FIRST_LINE:
        raise Malformed(f"line 1 is {first[:80]!r}; want '{FIRST_LINE} <origin>'")
    note.check_name(origin)
    try:
        said = msgspec.json.decode(line[:-1], type=_Said)
        spelt = canonical(said)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, BadValue) as problem:
        raise Malformed(f"{FIRST_LINE}, line 2: {problem}") from problem
    if spelt != line[:-1]:
        raise Malformed(f"{FIRST_LINE}: line 2 is not the one spelling of its JSON (RFC 8785)")
    found = TrustNote(
        origin=origin, serial=said.serial, at_us=said.at, trust="\n".join(said.lines).encode()
    )
    assert found.policy  # Malformed where it is none
    return found


def check(raw: bytes, state: State, held: Policy, after: int = 0) -> TrustNote:
    """Read a note that may replace the trust file held.

    state: of the log, read under that file. after: the serial of the note taken over last.
    Raises Malformed; BadSignature; NoKnownKey while too few have signed.
    """
    found = read(raw)
    if found.origin != state.origin:
        raise Malformed(f"a trust file of {found.origin}; this log is {state.origin}")
    if {key.vkey for key in found.policy.logs} != {key.vkey for key in held.logs}:
        raise Malformed("it names other keys of the log; those change by a handover only")
    if found.serial <= after:
        raise Malformed(f"trust file number {found.serial}, and number {after} is in use already")
    current = [key for identity, key in state.keys.items() if identity not in state.suspects]
    good = note.verify(note.parse(raw), current)
    signers = {state.author_of(sig.name) for sig in good}
    if not state.met(ROOTS, signers):
        group = state.groups.get(ROOTS)
        wanted = group.line(ROOTS) if group else f"{ROOTS}, which this log does not have"
        raise NoKnownKey(f"signed by {', '.join(sorted(signers))}; wanted is {wanted}")
    return found
