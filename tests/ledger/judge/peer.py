"""Run by another Python, with others' programs: their client asks our witness, their code verifies.

peer.py feed <url> <witness vkey> <log folder> <head file>…   prints the cosignatures of each
peer.py verify <head file> <vkey>…                            prints whose lines hold
"""

# What it imports is in another environment (.ci/oracles).
# mypy: ignore-errors

import sys
from pathlib import Path

from aics_tlog import parse_checkpoint, parse_note
from aics_tlog.remote import HttpTileReader
from aics_tlog.tiles import consistency_proof_from_tiles
from aics_witness.feeder import WitnessClient, WitnessRejected
from tlog_scales.signing import Vkey, VkeySet
from tlog_scales.tlog import Checkpoint


def feed(url: str, vkey: str, log: str, *heads: str) -> None:
    """Send heads to a witness, with proofs that this side makes from the tiles."""
    largest = parse_checkpoint(parse_note((Path(log) / "checkpoint").read_bytes()).text).size
    reader = HttpTileReader([Path(log).as_uri()])
    with WitnessClient(url, vkey) as client:
        for head in heads:
            raw = Path(head).read_bytes()
            try:
                lines = client.submit(
                    raw, lambda old, new: consistency_proof_from_tiles(reader, old, new, largest)
                )
            except WitnessRejected as refused:
                sys.stdout.write(f"rejected {refused.status}\n")
                continue
            sys.stdout.write(lines)


def verify(head: str, *vkeys: str) -> None:
    """Verify every line of a head whose key is given."""
    checkpoint = Checkpoint.from_text(Path(head).read_text(encoding="utf-8"))
    keys = VkeySet(*map(Vkey.from_string, vkeys))
    for vkey, _ in sorted(keys.verify(checkpoint.signatures, checkpoint), key=str):
        sys.stdout.write(f"{vkey.sig_type} {vkey.name}\n")


if __name__ == "__main__":
    {"feed": feed, "verify": verify}[sys.argv[1]](*sys.argv[2:])
