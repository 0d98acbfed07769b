"""Payloads of the entries that say which terms and which model the record is read under."""

import msgspec

from truceline.reports.taken import FileRef


class TermsAdopted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of `terms/adopted`: the agreement as its authors wrote it.

    text: the YAML, whole; sha256: of its canonical form, which is what parties sign.
    files: geometry files the text names, each its own blob.
    """

    name: str
    text: str
    sha256: str
    files: dict[str, FileRef] = {}


class ModelAdopted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Payload of `model/adopted`: from this entry on, the record is read by this model.

    parts: each part of the model that could read past entries differently, with its version.
    """

    model: str
    parts: dict[str, str]
