"""A log founded with officers, groups and readers: two parties, three officers each, a guarantor."""

import base64
from collections.abc import Iterable
from typing import Any

from tests.ledger.founding import ALD, DESK, FOUNDED_US, LOG_KEYS, ORIGIN, TOR, VEL, author
from truceline.ledger import entry, keys
from truceline.ledger.admission import Door, State, admit
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Entry
from truceline.ledger.keys import Signer
from truceline.ledger.merkle import EMPTY_ROOT
from truceline.ledger.note import MLDSA44
from truceline.values.mode import Mode

OFFICERS = {
    party: tuple(author(f"{party}-root-{n}") for n in (1, 2, 3)) for party in ("VEL", "TOR")
}
VEL_1, VEL_2, VEL_3 = OFFICERS["VEL"]
TOR_1, TOR_2, _ = OFFICERS["TOR"]
GROUPS = (
    "VEL-roots 2 VEL-root-1 VEL-root-2 VEL-root-3",
    "TOR-roots 2 TOR-root-1 TOR-root-2 TOR-root-3",
    "roots all VEL-roots TOR-roots",
    "erasure all VEL-roots TOR-roots",
    "handover 2 VEL-roots TOR-roots ALD",
)
AGE = {
    "VEL": "age1g0kqmmk9jmznq0jsn3ts94aum90g4plxerj5mdck5mn499dfh4xs0rlkjn",
    "TOR": "age1mcdp7ja8a5l6ywjtswf8mcrrs5lp8n4pq7f2c6fyz2j9ts7a2pjqzc0sax",
    "CENTRE": "age18pmtahg5dxqkzcu30ja9hk3fd7k7k6jqgcuq6sgtnddv0wc83asqkap5wx",
}
NEW_AGE = "age108v8u22t75aqcmgj7xaxp8jt950rhugnrdakrv2eespenld7g9vst0y4c5"
READERS = tuple(f"{code} {recipient}" for code, recipient in AGE.items())
SIGNERS = (DESK, VEL, TOR, ALD, *OFFICERS["VEL"], *OFFICERS["TOR"])

NEXT_ORIGIN = "torrin.example/record"
NEXT_KEYS = (
    keys.from_seed(NEXT_ORIGIN, b"the next log, Ed25519, 32 bytes."),
    keys.from_seed(NEXT_ORIGIN, b"the next log, ML-DSA-44, 32 byte", MLDSA44),
)


def root_of(size: int) -> bytes:
    """The invented root of a head: every size has had one."""
    return EMPTY_ROOT if size == 0 else size.to_bytes(32)


DOOR = Door(
    log_publics=frozenset(signer.key.public for signer in LOG_KEYS),
    root_at=root_of,
    holds_blob=lambda _ref: True,
)


def written(state: State, *signers: Signer, **fields: Any) -> bytes:
    """The next entry of the first signer, signed by all of them."""
    first, *others = signers
    by = first.key.name.rpartition("/")[2]
    seq, prev = state.next(by)
    wanted: dict[str, Any] = {
        "kind": "report/taken", "author": by, "seq": seq, "prev": prev,
        "seen": Head(state.origin, state.size, root_of(state.size)), "claimed_us": FOUNDED_US,
        "mode": Mode.EXERCISE, "cosigners": others,
    }  # fmt: skip
    origin = fields.pop("origin", state.origin)
    return entry.make(origin, first, **(wanted | fields))


def add(state: State, *signers: Signer, **fields: Any) -> Entry:
    """Write an entry and admit it."""
    return admit(written(state, *signers, **fields), state, DOOR)


def rooted(groups: Iterable[str] = GROUPS) -> State:
    """The log with its founding entry."""
    state = State(origin=ORIGIN)
    add(
        state,
        DESK,
        kind="centre/founded",
        vkeys=[signer.key.vkey for signer in SIGNERS],
        readers=READERS,
        groups=tuple(groups),
    )
    return state


def key_line(signer: Signer, suspect_from: int) -> str:
    """How a revocation names a key."""
    return f"{signer.key.name}+{signer.key.key_id.hex()}+{suspect_from}"


def handover(state: State, *signers: Signer, **fields: Any) -> bytes:
    """The entry that hands a log over, as it should be but for what a test wants otherwise."""
    seen = entry.Seen(state.size, base64_of(root_of(state.size)))
    wanted: dict[str, Any] = {
        "kind": "log/handed-over",
        "origin": NEXT_ORIGIN,
        "vkeys": [signer.key.vkey for signer in NEXT_KEYS],
        "continues": entry.Continued(state.origin, seen.size, seen.root),
    }
    return written(state, *signers, **(wanted | fields))


def base64_of(root: bytes) -> str:
    """A root as an entry spells it."""
    return base64.b64encode(root).decode()
