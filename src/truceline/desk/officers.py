"""What officers do with keys: notes that several sign, one after the other, before they go in.

A note is a file. Whoever begins it reads the log, checks it whole, and writes the next entry of
their own; the others put a line under it; then it is handed to the centre.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.desk.auditing import open_log
from truceline.desk.centre import read_settings
from truceline.desk.clock import Clock, from_instant
from truceline.desk.couriers import centre as courier
from truceline.desk.errors import ActRefused
from truceline.desk.keyring import log_keys
from truceline.ledger import checkpoint, entry, note, proof, refusal, trust
from truceline.ledger.append import Appender
from truceline.ledger.authors import Authors
from truceline.ledger.card import Card
from truceline.ledger.checkpoint import Head
from truceline.ledger.disk import Disk
from truceline.ledger.entry import FIRST_LINE as ENTRY
from truceline.ledger.errors import Malformed, NoKnownKey, Refused
from truceline.ledger.keys import Signer, generate, load, save
from truceline.ledger.note import Key
from truceline.ledger.policy import Policy
from truceline.ledger.proof import Receipt
from truceline.ledger.sealing import SUFFIX, generate_identity, load_identities, save_identity
from truceline.ledger.standing import Identity, State
from truceline.ledger.suspects import suspicion
from truceline.ledger.tiles import WIDTH, Reader
from truceline.ledger.trust import FIRST_LINE as TRUST
from truceline.ledger.trust import TrustNote
from truceline.values.audience import CENTRE

NEXT, PAST = "renewed", "past"  # folders beside the keys: made and not in use yet; in use before
SIGNED = (ENTRY, TRUST)  # what people put lines under
_DESK = "desk"


@dataclass(frozen=True, slots=True)
class Standing:
    """A log that was read and checked whole: how everyone stands at its head.

    trust: whom it was checked with; None where only keys were given.
    doubtful: keys in use that an entry in doubt registered: a thief's first act is to get one.
    alone: the head has not the quorum the trust file asks for: the log's word alone so far.
    """

    head: Head
    state: State
    trust: Policy | None
    doubtful: frozenset[Identity] = frozenset()
    alone: bool = False


def standing(where: str, keys: Sequence[str] = (), policy: Path | None = None) -> Standing:
    """Read a log through, every entry held to the rules; ActRefused names the first that fails."""
    get, whom, _ = open_log(where, keys, policy)
    raw = get("checkpoint")
    if raw is None:
        raise ActRefused(f"{where}: its checkpoint cannot be read; fetch the log again")
    if isinstance(whom, Policy):
        # Officers must be able to read, and to act, while witnesses are silent.
        head, logs, trusted = whom.open_logged(raw), whom.logs, whom
    else:
        head, logs, trusted = checkpoint.open_signed(raw, whom), tuple(whom), None
    reader = Reader(get, head)
    authors = Authors(reader, frozenset(key.public for key in logs))
    for number in range(-(-head.size // WIDTH)):
        for index, held in enumerate(reader.bundle(number), start=number * WIDTH):
            if found := authors.problem(index, held):
                raise ActRefused(f"{where}: entry {index}: {found}; sign nothing on this log")
    stale = trusted is not None and not _cosigned(trusted, raw)
    return Standing(head, authors.state, trusted, _doubtful(authors.state, reader), stale)


def _cosigned(trusted: Policy, raw: bytes) -> bool:
    try:
        trusted.open(raw)
    except NoKnownKey:
        return False
    return True


def _doubtful(state: State, reader: Reader) -> frozenset[Identity]:
    found: set[Identity] = set()
    for index in state.changes if state.suspects else ():
        raw = reader.entry(index)
        if suspicion(index, raw, state.suspects) is not None:
            found |= {Key.parse(vkey).identity for vkey in entry.decode(raw, index).vkeys}
    return frozenset(found - set(state.suspects))


def make_keys(folder: Path, origin: str, name: str, *, reads: bool) -> Key:
    """Make and keep a signing key, and an age identity for whoever reads; return the public half.

    BadKeyFile if one is there already.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    signer = generate(f"{origin}/{name}")
    save(signer, folder / name)
    if reads:
        save_identity(generate_identity(), folder / f"{name}{SUFFIX}")
    return signer.key


def card_of(folder: Path, code: str, roots: Sequence[Key], k: int) -> Card:
    """The card of whoever keeps keys in a folder. roots: the officers' verifier keys, in order."""
    key = load(folder / code).key
    return Card(
        origin=key.name.removesuffix(f"/{code}"),
        code=code,
        vkey=key.vkey,
        recipient=load_identities(folder / f"{code}{SUFFIX}")[0].recipient,
        roots=tuple(root.vkey for root in roots),
        k=k,
    )


def begin(now: Standing, signer: Signer, claimed_us: int, **fields: Any) -> bytes:  # noqa: ANN401 - the fields of an entry, as `entry.make` takes them
    """Write the signer's next entry, with its own line; others may put theirs under it."""
    state = now.state
    author = state.author_of(signer.key.name)
    if signer.key.identity not in state.keys or signer.key.identity in state.suspects:
        raise ActRefused(f"the key of {author} ({signer.key.key_id.hex()}) is not in use here")
    seq, prev = state.next(author)
    assert state.mode is not None  # the log has been read, and it begins with its founding
    return entry.make(
        state.origin,
        signer,
        author=author,
        seq=seq,
        prev=prev,
        seen=now.head,
        claimed_us=claimed_us,
        mode=state.mode,
        **fields,
    )


def rotate(now: Standing, folder: Path, name: str, by: Path | None, claimed_us: int) -> bytes:
    """Make new keys in `renewed/` and write the entry that registers them.

    Signed by the current key, or by an officer's (`by`) when that one is revoked or lost. The old
    key goes on signing until `switch`, so nothing stands still in between.
    """
    signer = load(by or folder / name)
    reader = CENTRE if name == _DESK else name
    # A successor's desk has none yet: what the lost one could open stayed with it.
    reads = name == _DESK or (folder / f"{reader}{SUFFIX}").exists()
    made = make_keys(folder / NEXT, now.state.founded_origin, name, reads=False)
    readers: tuple[str, ...] = ()
    if reads:
        identity = generate_identity()
        save_identity(identity, folder / NEXT / f"{reader}{SUFFIX}")
        readers = (f"{reader} {identity.recipient}",)
    return begin(
        now, signer, claimed_us, kind="key/registered", vkeys=(made.vkey,), readers=readers
    )


def switch(now: Standing, folder: Path, name: str) -> Key:
    """Take the keys in `renewed/` into use, once the log has them; the ones before go to `past/`.

    An age identity stays in its file under the new one: what was sealed to it stays sealed to it.
    """
    fresh = load(folder / NEXT / name).key
    if fresh.identity not in now.state.keys:
        raise ActRefused(f"{fresh.name} ({fresh.key_id.hex()}) is not registered yet; submit first")
    (folder / PAST).mkdir(mode=0o700, exist_ok=True)
    reader = f"{CENTRE if name == _DESK else name}{SUFFIX}"
    if (folder / NEXT / reader).exists():
        _join(folder / NEXT / reader, folder / reader)
    if (folder / name).exists():
        before = load(folder / name).key.key_id.hex()
        (folder / name).rename(folder / PAST / f"{name}-{before}")
    (folder / NEXT / name).rename(folder / name)
    return fresh


def _join(fresh: Path, current: Path) -> None:
    """Put a new identity before those in use, in one step."""
    held = fresh.read_text(encoding="utf-8")
    if current.exists():
        held += current.read_text(encoding="utf-8")
    joined = fresh.with_suffix(".joined")
    handle = os.open(joined, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(held)
        file.flush()
        os.fsync(handle)
    joined.rename(current)
    fresh.unlink()


def revoke(  # noqa: PLR0913 - what a revocation says, and who begins it
    now: Standing,
    signer: Signer,
    name: str,
    claimed_us: int,
    *,
    key_id: str = "",
    suspect_from: int | None = None,
) -> bytes:
    """Write the entry that takes a key of an author out.

    key_id: which, in hex; "" for the only one in use. suspect_from: the entry from which on what
    it signed is in doubt; None for "replaced, not stolen": from this revocation on.
    """
    state = now.state
    named = f"{state.founded_origin}/{name}"
    known = {identity[1].hex() for identity in state.keys if identity[0] == named}
    used = {key for key in known if (named, bytes.fromhex(key)) not in state.suspects}
    if key_id not in known and (key_id or len(used) != 1):
        raise ActRefused(f"say which key of {name}: {', '.join(sorted(used)) or 'it has none'}")
    doubted = state.size if suspect_from is None else suspect_from
    line = f"{named}+{key_id or used.pop()}+{doubted}"
    return begin(now, signer, claimed_us, kind="key/revoked", revokes=(line,))


def countersign(path: Path, signer: Signer) -> tuple[str, ...]:
    """Put a line under the note in a file, in one step; return the names under it now.

    Malformed if it is none of ours, or this key has signed it. A checkpoint is none of ours: heads
    are signed by logs and witnesses, and by them only if they continue the last.
    """
    raw = path.read_bytes()
    first = note.parse(raw).text.partition(b" ")[0].decode()
    if first not in SIGNED:
        raise Malformed(f"{path}: begins with {first[:40]!r}; people sign {' and '.join(SIGNED)}")
    signed = entry.countersign(raw, signer)
    written = path.with_name(f".{path.name}.new")
    written.write_bytes(signed)
    written.replace(path)
    return tuple(line.name for line in note.parse(signed).signatures)


def write_trust(now: Standing, lines: bytes, by: Signer, serial: int, at_us: int) -> bytes:
    """Write a new trust file into a note, for officers of all parties to sign."""
    return trust.make(now.state.origin, lines, serial, at_us, [by])


def adopt_trust(now: Standing, raw: bytes, folder: Path) -> TrustNote:
    """Replace the trust file in a folder by the one in a note that enough officers signed.

    Malformed for an older one; NoKnownKey while too few have signed; else nothing is changed.
    """
    if now.trust is None:
        raise ActRefused("read the log with the trust file in use (--policy), not with a key")
    held = folder / "trust.note"
    after = trust.read(held.read_bytes()).serial if held.exists() else 0
    found = trust.check(raw, now.state, now.trust, after)
    # The file first: after a crash in between, adopting again is the same as adopting.
    for path, content in ((folder / "trust", found.trust), (held, raw)):
        Disk(folder).write(path.name, content, durable=True)
    return found


def submit(folder: Path, raw: bytes) -> Receipt:
    """Hand a note to the centre in a folder; Refused says by which rule it may not enter."""
    paused = read_settings(folder).exercise_from_us
    clock = from_instant(paused) if paused is not None else Clock()
    appender = Appender.open(folder, log_keys(folder / "keys"))
    with appender.commit(clock.now_us()) as batch:
        batch.admit(raw)
    return batch.receipts[0]


def submit_to(url: str, raw: bytes, trusted: Policy) -> int:
    """Hand a note to the centre at a URL; return its index, by a proof that was checked.

    Refused with the code the desk signed; Unreachable or PushedBack where nothing was decided.
    """
    told = courier.add(url, len(raw).to_bytes(4) + raw)
    if told.media == courier.PROOF:
        return proof.check(told.body, raw, trusted)
    _, said = refusal.read(told.body)
    raise Refused(said.code, f"{url} does not take it, and has signed that")
