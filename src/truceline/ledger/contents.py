"""What became of a payload: held and opened here, or why not (docs/formats/payload.md)."""

from dataclasses import dataclass
from enum import StrEnum

from truceline.ledger.errors import BlobDamaged, CommitmentError, Corrupt, SealedToOthers
from truceline.ledger.seal import Referred, unwrap
from truceline.ledger.sealing import Ring
from truceline.ledger.store import Store, blob_path
from truceline.values.audience import ALL, PUBLIC

_LOG_KEY = "keys/log"


class Holding(StrEnum):
    """Whether a payload is held here, and what stands in the way where it is not."""

    HELD = "held"
    WITHHELD = "withheld"  # sealed to others, or kept for others and not here
    MISSING = "missing"  # everyone may read it, and it is not here
    DAMAGED = "damaged"  # the bytes here are not the blob: the keeper's fault
    FALSE = "false"  # the blob is not what its author committed to
    ERASED = "erased"  # by agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A payload in plain where it is held, and why not where it is not."""

    holding: Holding
    plain: bytes = b""
    why: str = ""


class Contents:
    """The blobs of one centre or replica, opened with the identities it holds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._ring: Ring | None = None

    def read(self, ref: Referred, audience: str = ALL) -> Content:
        """A payload meant for these readers; BadKeyFile where an identity held here is loose."""
        try:
            raw = self._store.disk.read(blob_path(ref.blob))
            if raw is None:
                return _absent(audience)
            return Content(holding=Holding.HELD, plain=unwrap(raw, ref, self.unseal))
        except SealedToOthers as problem:
            return Content(holding=Holding.WITHHELD, why=str(problem))
        except (BlobDamaged, Corrupt) as problem:
            return Content(holding=Holding.DAMAGED, why=str(problem))
        except CommitmentError as problem:
            return Content(holding=Holding.FALSE, why=str(problem))

    def reads(self, audience: str) -> bool:
        """Say whether what is meant for these readers should be held here.

        A centre holds everything, and so does who keeps no identity and cannot tell; a party's
        replica holds what its identities are for.
        """
        if audience in (ALL, PUBLIC) or self._store.disk.size(_LOG_KEY) is not None:
            return True
        codes = self._held().codes
        return not codes or bool(codes & set(audience.split("+")))

    def unseal(self, blob: bytes) -> bytes:
        """Open a sealed blob with any identity held here; they are read when first needed."""
        return self._held().unseal(blob)

    def _held(self) -> Ring:
        if self._ring is None:
            self._ring = Ring.held_in(self._store.disk.root / "keys")
        return self._ring


def _absent(audience: str) -> Content:
    if audience in (ALL, PUBLIC):
        why = "not held here, and everyone may read it: fetch it from another holder"
        return Content(holding=Holding.MISSING, why=why)
    return Content(holding=Holding.WITHHELD, why="not held here: it is for others to read")
