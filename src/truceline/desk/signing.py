"""Signing an agreement: a C2SP signed note over the hash of its canonical form.

    truceline-terms/v1 <id>
    {"languages":["en","ru","uk"],"sha256":"…"}

    — example.org/centre/VEL …

Any program that knows signed notes can check it; only the hash has to be made by this one. The
paper that people sign prevails unless they agree otherwise; this says which text they signed.
"""

from collections.abc import Sequence

import msgspec

from truceline.desk.desk import Desk
from truceline.desk.errors import ActRefused
from truceline.desk.officers import standing
from truceline.desk.talking import say, talks
from truceline.ledger import note
from truceline.ledger.errors import Malformed
from truceline.ledger.keys import Signer
from truceline.ledger.note import Key
from truceline.talks import acts
from truceline.talks.articles import marks
from truceline.talks.instruments import SIGNED
from truceline.terms.loading import Loaded
from truceline.values.canonical import canonical, sha256_hex

TERMS = "truceline-terms/v1"


class _Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The second line of the note."""

    languages: tuple[str, ...]
    sha256: str


def text_of(loaded: Loaded) -> bytes:
    """The text of the note: which agreement, its authentic languages, the hash of all of it."""
    doc = loaded.agreement.doc
    body = _Body(languages=tuple(sorted(doc.languages.authentic)), sha256=loaded.sha256)
    return f"{TERMS} {doc.id}\n".encode() + canonical(body) + b"\n"


def refuse_unsignable(loaded: Loaded) -> None:
    """ActRefused where a text may be worked with but not signed, with every reason."""
    found = [str(problem) for problem in loaded.warnings]
    found += [
        f"article {article.number}: [{one}] is still open in {language}; agree it, or take it out"
        for article in loaded.agreement.doc.articles
        for language, words in article.text.items()
        for one in sorted(marks(words))
    ]
    if found:
        raise ActRefused("\n".join([*found, "nothing was signed: mend these first"]))


def sign(loaded: Loaded, signer: Signer, before: bytes | None = None) -> bytes:
    """Make the note of an agreement, or put a line under the one there is; its new bytes.

    ActRefused for an agreement that may not be signed, a note of another text, a second line by
    one key; whoever signs checks the lines before theirs with the signers' keys.
    """
    refuse_unsignable(loaded)
    text = text_of(loaded)
    if before is None:
        return note.render(text, [signer.sign(text)])
    held = note.parse(before)
    _refuse_other(held.text, text)
    if any((line.name, line.key_id) == signer.key.identity for line in held.signatures):
        raise ActRefused(f"{signer.key.name} has signed this note already")
    return note.render(text, [*held.signatures, signer.sign(text)])


def check_signatures(loaded: Loaded, raw: bytes, keys: Sequence[Key]) -> tuple[str, ...]:
    """The names of those whose signature under this very agreement holds, in their order.

    ActRefused for a note of another text; BadSignature or NoKnownKey where no line can be relied
    on. Lines by keys not given are passed over: they prove nothing to whoever asks.
    """
    held = note.parse(raw)
    _refuse_other(held.text, text_of(loaded))
    return tuple(line.name for line in note.verify(held, keys))


def _refuse_other(found: bytes, wanted: bytes) -> None:
    if found == wanted:
        return
    first, rest = (part.partition(b"\n") for part in (found, wanted))
    if first[0] != rest[0]:
        raise ActRefused(f"the note is over {_said(first[0])}, not {_said(rest[0])}")
    raise ActRefused(
        f"the note is over {_said(first[2])}, and this text comes to {_said(rest[2])}: "
        "one of them was changed; sign and check the text that was agreed"
    )


def _said(raw: bytes) -> str:
    return raw.decode(errors="replace").strip()[:200]


def keys_of(desk: Desk, party: str) -> tuple[Key, ...]:
    """The keys of a party that are on the record and not revoked."""
    state = standing(str(desk.folder)).state
    return tuple(
        key
        for identity, key in state.keys.items()
        if identity not in state.suspects and state.author_of(key.name) == party
    )


def deposit(desk: Desk, by: str, instrument: str, raw: bytes, at_us: int) -> list[int]:
    """Record whose signatures a signed note holds, as its depositary: one act for each of them.

    Checked with the parties' keys on the record. ActRefused where the note is over another text, or
    holds no new signature; Malformed where it is no note.
    """
    held = talks(desk).instrument(instrument)
    parsed = note.parse(raw)
    _refuse_other_hash(parsed.text, held.plan.sha256)
    entries = []
    for party in held.plan.signatories:
        keys = keys_of(desk, party)
        named = {key.identity for key in keys}
        lines = [one for one in parsed.signatures if (one.name, one.key_id) in named]
        if not lines or (SIGNED, party) in held.evidenced:
            continue
        note.verify(parsed, keys)
        payload = acts.InstrumentSigned(
            instrument=instrument,
            party=party,
            sha256=held.plan.sha256,
            at_us=at_us,
            evidence=sha256_hex(raw),
        )
        entries.append(say(desk, by, payload))
    if not entries:
        raise ActRefused(
            f"the note holds no signature that is new for {instrument}, by a key on the record"
        )
    return entries


def _refuse_other_hash(text: bytes, sha256: str) -> None:
    first, _, body = text.partition(b"\n")
    if not first.startswith(f"{TERMS} ".encode()):
        raise Malformed(f"{_said(first)!r} begins no note over an agreement; want {TERMS} <id>")
    try:
        said = msgspec.json.decode(body, type=_Body)
    except msgspec.DecodeError as problem:
        raise Malformed(f"{_said(body)} is not what a note over an agreement says") from problem
    if canonical(said) + b"\n" != body:
        raise Malformed(f"{_said(body)} is not in the one accepted spelling")
    if said.sha256 != sha256:
        raise ActRefused(
            f"the note is over {_said(body)}, and the instrument is the text that comes to {sha256}"
        )
