"""Signatures checked ahead of their turn: faster, and never another answer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from tests.ledger.founding import FOUNDED_US, LOG_KEYS, ORIGIN, TOR, VEL, Centre, author, found
from truceline.ledger import keys, merkle, note
from truceline.ledger.append import Appender
from truceline.ledger.audit import verify
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Entry, make
from truceline.ledger.errors import Refused
from truceline.ledger.keys import Signer
from truceline.ledger.merkle import Frontier, leaf_hash
from truceline.ledger.tiles import Reader, Roots
from truceline.ledger.vouchers import Vouchers, vouch
from truceline.values.mode import Mode

KNOWN = {key.identity: key for key in (VEL.key, TOR.key)}


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """A founded centre."""
    return found(tmp_path / "centre")


def chain(
    centre: Centre, count: int, signer: Signer = VEL, seq: int = 1, prev: str = ""
) -> list[bytes]:
    """Entries a party signed at home."""
    raws = []
    for number in range(seq, seq + count):
        raws.append(
            make(
                ORIGIN, signer, kind="report/taken", author=signer.key.name.rpartition("/")[2],
                seq=number, prev=prev, seen=centre.log.head(), claimed_us=centre.now_us,
                mode=Mode.EXERCISE,
            )
        )  # fmt: skip
        prev = leaf_hash(raws[-1]).hex()
    return raws


SIGNED = make(
    ORIGIN, VEL, kind="report/taken", author="VEL", seq=1, prev="",
    seen=Head(ORIGIN, 0, merkle.EMPTY_ROOT), claimed_us=FOUNDED_US, mode=Mode.EXERCISE,
)  # fmt: skip


def test_vouchers_come_in_the_order_of_the_entries(centre: Centre) -> None:
    """However the threads run, each entry has its own voucher, and chunks keep their order."""
    raws = chain(centre, 200)
    chunks = [raws[at : at + 33] for at in range(0, 200, 33)]
    with Vouchers(3) as vouchers:
        told = list(vouchers.ahead(chunks, lambda: (ORIGIN, KNOWN)))
    assert [chunk for chunk, _ in told] == chunks
    given_back = [voucher.entry.raw for _, some in told for voucher in some if voucher is not None]
    assert given_back == raws


def test_what_was_read_before_an_error_is_given_before_it(centre: Centre) -> None:
    """A source that fails while reading ahead takes nothing away that came before it."""
    raws = chain(centre, 99)

    def reading() -> Iterator[list[bytes]]:
        for at in range(0, 99, 33):
            yield raws[at : at + 33]
        raise ConnectionError("the line was cut")

    with Vouchers(3) as vouchers:
        ahead = vouchers.ahead(reading(), lambda: (ORIGIN, KNOWN))
        given_back = [raw for _ in range(3) for raw in next(ahead)[0]]
        with pytest.raises(ConnectionError, match="the line was cut"):
            next(ahead)
    assert given_back == raws


def test_only_what_comes_after_the_skipped_is_vouched_for(centre: Centre) -> None:
    """Whoever checked the first entries another time gets vouchers for the others alone."""
    raws = chain(centre, 99)
    chunks = [raws[at : at + 33] for at in range(0, 99, 33)]
    with Vouchers(3) as vouchers:
        told = list(vouchers.ahead(chunks, lambda: (ORIGIN, KNOWN), skip=40))
    assert [len(some) for _, some in told] == [0, 26, 33]
    assert told[1][1][0] is not None
    assert told[1][1][0].entry.raw == raws[40]


@given(at=st.integers(0, 500), bit=st.integers(0, 7))
def test_nobody_vouches_for_a_changed_entry(at: int, bit: int) -> None:
    """A flipped bit anywhere: no voucher, so admission looks itself and says what is wrong."""
    raw = bytearray(SIGNED)
    raw[at % len(raw)] ^= 1 << bit
    assert vouch(SIGNED, ORIGIN, KNOWN) is not None
    assert vouch(bytes(raw), ORIGIN, KNOWN) is None


def refused(centre: Centre, raw: bytes, *, vouched: bool) -> str:
    """The code by which a centre refuses an entry, with a voucher or without; "" if it is let in."""
    voucher = vouch(raw, ORIGIN, KNOWN) if vouched else None
    try:
        with centre.appender.commit(centre.later()) as batch:
            batch.admit(raw, voucher)
            raise InterruptedError  # noqa: TRY301 - leave the log as it was
    except Refused as problem:
        return problem.code
    except InterruptedError:
        return ""


def test_admission_answers_the_same_with_a_voucher(centre: Centre) -> None:
    """A voucher speaks of signatures alone: numbers, keys, replays and heads are asked as ever."""
    first, second = chain(centre, 2)
    with centre.appender.commit(centre.later()) as batch:
        batch.admit(first, vouch(first, ORIGIN, KNOWN))
    stranger = chain(centre, 1, author("GUE"))[0]
    gap = chain(centre, 1, VEL, seq=5, prev="ab" * 32)[0]
    torn = second[:-9] + b"flipped!\n"
    offered = {first: "replay", second: "", gap: "seq", stranger: "key", torn: "signature"}
    for raw, code in offered.items():
        plain = refused(centre, raw, vouched=False)
        assert plain == refused(centre, raw, vouched=True)
        assert plain == code or raw == torn  # what is torn may be no base64 any more


def test_a_voucher_counts_for_the_very_key_and_bytes_it_names(centre: Centre) -> None:
    """Vouched under a stolen name, for other bytes or another log: admission looks for itself."""
    raw, other = chain(centre, 1)[0], chain(centre, 1, TOR)[0]
    good = vouch(raw, ORIGIN, KNOWN)
    assert good is not None
    thief = keys.generate(VEL.key.name)
    forged_line = note.Sig(VEL.key.name, VEL.key.key_id, thief.sign(good.signed.text).blob)
    forged = note.render(good.signed.text, [forged_line])
    lie = replace(
        good, signed=note.parse(forged), entry=_with_raw(good.entry, forged),
        publics=(thief.key.public,),
    )  # fmt: skip
    with (
        pytest.raises(Refused, match="does not verify"),
        centre.appender.commit(centre.later()) as batch,
    ):
        batch.admit(forged, lie)
    with centre.appender.commit(centre.later()) as batch:
        assert batch.admit(other, good).author == "TOR"
    assert verify(centre.path, centre.log.trust, authors=True).problems == []


def _with_raw(entry: Entry, raw: bytes) -> Entry:
    return structs.replace(entry, raw=raw, leaf=leaf_hash(raw).hex())


def test_a_key_revoked_meanwhile_is_refused_in_spite_of_its_voucher(centre: Centre) -> None:
    """What was vouched for before the revocation came in is still held to it."""
    late = author("ALD")
    with centre.appender.commit(centre.later()) as batch:
        batch.add(author("desk"), kind="key/registered", vkeys=[late.key.vkey])
    raw = chain(centre, 1, late)[0]
    voucher = vouch(raw, ORIGIN, {late.key.identity: late.key})
    assert voucher is not None
    stranger = found(centre.path.parent / "another")  # where that key was never registered
    with (
        pytest.raises(Refused, match="not registered"),
        stranger.appender.commit(stranger.later()) as batch,
    ):
        batch.admit(raw, voucher)


def test_the_root_at_every_size_is_that_of_the_frontier(centre: Centre) -> None:
    """What an author says it saw is checked against the tree as it was then."""
    for size in (200, 300, 30):
        centre.fill(size)
    reader = centre.log.reader()
    roots, frontier = Roots(reader), Frontier()
    assert roots.at(0) == merkle.EMPTY_ROOT
    for index in range(reader.head.size):
        frontier.push(leaf_hash(centre_entry(reader, index)))
        assert roots.at(index + 1) == frontier.root()


def centre_entry(reader: Reader, index: int) -> bytes:
    """One entry's bytes."""
    return reader.bundle(index // 256)[index % 256]


def test_opening_again_is_vouching_again(centre: Centre) -> None:
    """An appender's threads serve batch after batch."""
    again = Appender.open(centre.path, LOG_KEYS)
    last = ""
    for start in (1, 41):
        raws = chain(centre, 40, VEL, seq=start, prev=last)
        vouched = again.vouch(raws)()
        with again.commit(centre.later()) as batch:
            for raw, voucher in zip(raws, vouched, strict=True):
                batch.admit(raw, voucher)
        last = leaf_hash(raws[-1]).hex()
    assert centre.log.head().size == 81
