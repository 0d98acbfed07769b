"""Payloads of the entries that publish a bulletin, object to one and correct one."""

import msgspec

from truceline.reports.taken import FileRef


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language of a bulletin, exactly as published, in its two shapes.

    The blobs hold the bytes; md_sha256 and html_sha256 are of the bytes themselves, so that
    somebody who was handed a bulletin can check it without opening anything else.
    """

    md: FileRef
    html: FileRef
    md_sha256: str
    html_sha256: str


class BulletinPublished(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of `bulletin/published` and `bulletin/corrected`.

    date: the day of the cut-off; audience: who it was drawn for.
    drawn_at, root, model: ledger size, tree root (hex) and model it was drawn at.
    corrects: number of the bulletin it replaces; empty for a first one.
    annex, annex_sha256: the annex file and the hash of its bytes; bulletins published before
        annexes were kept have none.
    """

    form: str
    date: str
    audience: str
    drawn_at: int
    root: str
    model: str
    documents: dict[str, Document]
    corrects: str = ""
    annex: FileRef | None = None
    annex_sha256: str = ""


class BulletinObjected(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of `bulletin/objected`: a party's objection, in its own words."""

    bulletin: str
    wording: str
    language: str
