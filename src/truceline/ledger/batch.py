"""What goes into one commit: entries admitted in memory, durable together or not at all."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from msgspec import structs

from truceline.ledger import admission
from truceline.ledger.admission import Door, State
from truceline.ledger.checkpoint import Head
from truceline.ledger.entry import Continued, Entry, make
from truceline.ledger.errors import Refused
from truceline.ledger.growth import Growth
from truceline.ledger.keys import Signer
from truceline.ledger.proof import Receipt
from truceline.ledger.seal import PayloadRef
from truceline.ledger.vouchers import Voucher
from truceline.values.mode import Mode

Prove = Callable[[Entry], Receipt]


class Batch:
    """The open batch of a commit. Nothing of it is in the log until the commit returns.

    seen: the head this batch continues; entries made here say they saw it.
    entries: those admitted so far, in order. files: the files they have filled.
    """

    def __init__(
        self, state: State, growth: Growth, door: Door, *, seen: Head, now_us: int
    ) -> None:
        self.seen = seen
        self.entries: list[Entry] = []
        self.files: dict[str, bytes] = {}
        self.state = state
        self.growth = growth
        self._door = door
        self._now_us = now_us
        self._prove: Prove | None = None

    def next(self, author: str) -> tuple[int, str]:
        """The seq and prev of an author's next entry, this batch included."""
        return self.state.next(author)

    def add(  # noqa: PLR0913 - one argument per field of the format
        self,
        signer: Signer,
        *,
        kind: str,
        claimed_us: int | None = None,
        mode: Mode | None = None,
        refs: Iterable[str] = (),
        on_behalf_of: str | None = None,
        acl: str | None = None,
        payload: PayloadRef | None = None,
        vkeys: Iterable[str] = (),
        readers: Iterable[str] = (),
        groups: Iterable[str] = (),
        revokes: Iterable[str] = (),
        erases: Iterable[str] = (),
        continues: Continued | None = None,
        cosigners: Iterable[Signer] = (),
    ) -> Entry:
        """Make, sign and admit the signer's next entry; Refused leaves the batch as it was.

        claimed_us: when the author says it was; the instant of the commit unless given.
        mode: wanted for the founding entry only.
        """
        chosen = mode or self.state.mode
        if chosen is None:
            raise Refused("policy", "the founding entry says which mode the centre is in")
        author = self.state.author_of(signer.key.name)
        seq, prev = self.next(author)
        raw = make(
            self.state.origin,
            signer,
            kind=kind,
            author=author,
            seq=seq,
            prev=prev,
            seen=self.seen,
            claimed_us=self._now_us if claimed_us is None else claimed_us,
            mode=chosen,
            refs=refs,
            on_behalf_of=on_behalf_of,
            acl=acl,
            payload=payload,
            vkeys=vkeys,
            readers=readers,
            groups=groups,
            revokes=revokes,
            erases=erases,
            continues=continues,
            cosigners=cosigners,
        )
        return self._take(raw, trust_signature=True)

    def admit(self, raw: bytes, voucher: Voucher | None = None) -> Entry:
        """Admit an entry someone else signed; Refused leaves the batch as it was.

        voucher: from `Appender.vouch`, if its signatures were checked ahead.
        """
        return self._take(raw, voucher=voucher)

    def trial(self, raw: bytes) -> Entry:
        """Hold an entry to every rule but that its payload is here, those tried before counted in.

        For a batch to which nothing is added: it is then dropped as it was opened.
        """
        door = replace(self._door, holds_blob=lambda _ref: True)
        return admission.admit(raw, self.state, door)

    @property
    def receipts(self) -> list[Receipt]:
        """A proof for each entry, in order; only once the commit has returned."""
        return [self.receipt(entry) for entry in self.entries]

    def receipt(self, entry: Entry) -> Receipt:
        """The proof for one entry of this batch; only once the commit has returned."""
        if self._prove is None:
            raise RuntimeError("receipts exist once the commit has returned, not inside it")
        return self._prove(entry)

    def done(self, prove: Prove) -> None:
        """Say that the batch is durable; receipts can be drawn from now on."""
        self._prove = prove

    def _take(
        self, raw: bytes, *, trust_signature: bool = False, voucher: Voucher | None = None
    ) -> Entry:
        index = self.state.size
        entry = admission.admit(
            raw, self.state, self._door, trust_signature=trust_signature, voucher=voucher
        )
        placed = structs.replace(entry, index=index)
        self.files |= self.growth.push(raw, bytes.fromhex(entry.leaf))
        self.entries.append(placed)
        return placed
