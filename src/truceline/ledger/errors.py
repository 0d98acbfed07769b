"""What can go wrong with a record, one class per thing a caller does differently.

TrucelineError
└── LedgerError
    ├── Malformed         bytes that are no note, checkpoint, tile, stage, proof or policy
    ├── BadSignature      a key we know signed something else
    ├── NoKnownKey        nothing here was signed by a key we were given
    ├── BadKeyFile        a private key file that must not be used as it stands
    ├── ProofError        a proof that does not prove what it is held against
    ├── IntegrityError    stored bytes differ from what the signed head commits to
    ├── CommitmentError   a payload is not the one its entry committed to: its author's fault
    │   └── BlobDamaged   a blob is not the one referred to: the fault of whoever keeps it
    ├── SealedToOthers    a payload that none of the identities held here opens
    ├── Refused           an entry may not enter the log; `code` says by which rule
    ├── Busy              nothing was taken and nothing refused: send it again a little later
    └── StoreError
        ├── Conflict      other bytes are already stored under this name
        ├── Full          no room; nothing was changed, free space and try again
        ├── Halted        a write may or may not have happened; open the centre anew
        ├── Corrupt       the directory contradicts its own head; do not sign, find out why
        ├── NotFounded    there is no log here
        ├── Closed        this place was locked or evacuated; go on elsewhere, or unlock it
        └── ClockWentBack the instant given is before the newest head's
"""

from truceline.values.errors import TrucelineError


class LedgerError(TrucelineError):
    """Anything that is wrong with a record or with what was done to it."""


class Malformed(LedgerError, ValueError):
    """Bytes do not follow their format; the message says where they leave it."""


class BadSignature(LedgerError):
    """A line claims a key we know, and that key did not sign this text."""


class NoKnownKey(LedgerError):
    """No signature is by a key that was given: ask for the key of this log or author."""


class BadKeyFile(LedgerError):
    """A private key file that is loose, torn or not ours: fix it before using it."""


class ProofError(LedgerError):
    """A proof does not hold; treat what it was to prove as unproved."""


class IntegrityError(LedgerError):
    """Stored bytes are not those the signed head commits to.

    index: the entry concerned, or None where no single entry can be named.
    path: the file concerned.
    """

    def __init__(self, message: str, *, path: str, index: int | None = None) -> None:
        super().__init__(message)
        self.path = path
        self.index = index


class CommitmentError(LedgerError):
    """A payload is not the one its entry committed to.

    Where the blob is the one the entry names, that is provably its author's doing: the entry they
    signed says both what the blob is and what it holds.
    """


class BlobDamaged(CommitmentError):
    """The bytes kept are not the blob an entry names: fetch it from another holder."""


class SealedToOthers(LedgerError):
    """None of the identities held here opens this payload: it is not meant for this reader."""


class Refused(LedgerError):
    """An entry may not enter the log.

    code: size, format, canonical, schema, key, signature, seq, replay, stale or policy.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class Busy(LedgerError):
    """The centre cannot take more at the moment: nothing was taken; send the same bytes later.

    retry_after_s: how long to wait before that.
    """

    def __init__(self, message: str, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class StoreError(LedgerError):
    """The directory of a centre could not do what was asked."""


class Conflict(StoreError):
    """A file is written once; other bytes are already there."""


class Full(StoreError):
    """The disk is full and nothing was changed: free space, then try again."""


class Halted(StoreError):
    """A write may or may not have happened: open the centre anew, which finds out."""


class Corrupt(StoreError):
    """The directory contradicts its own signed head: sign nothing, run fsck."""


class NotFounded(StoreError):
    """There is no log in this directory."""


class Closed(StoreError):
    """This place was locked or evacuated: nothing is written here until it is unlocked."""


class ClockWentBack(StoreError):
    """The instant given lies before the newest head's: correct the clock first."""
