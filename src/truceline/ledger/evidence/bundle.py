"""The archive: a zip anyone can open, in the one spelling we accept."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import msgspec

from truceline.ledger.errors import Malformed
from truceline.ledger.evidence import words
from truceline.values.canonical import canonical
from truceline.values.errors import BadValue
from truceline.values.texts import LANGUAGES

FORMAT = "truceline-evidence/1"
MANIFEST = "manifest.json"
MOST_MEMBERS = 20_000
MOST_BYTES = 512 * 1024 * 1024
_NAME = re.compile(r"[a-z0-9_-][a-z0-9._-]*(?:/[a-z0-9_-][a-z0-9._-]*)*")
_DATE = (1980, 1, 1, 0, 0, 0)
# What the standard library's reader may say of bytes that are no archive.
_ODD = (
    zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError, ValueError,
    OverflowError, struct.error, zlib.error, IndexError, KeyError,
)  # fmt: skip

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Index = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]


class CaseEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a case says of one of its entries: why it is here, and what became of its payload."""

    role: str
    payload: str


class Closed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something the reader knows of and cannot open, and why."""

    what: str
    why: str


class Manifest(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What an evidence file says it is; nothing in it is believed."""

    format: str
    kind: str
    origin: str
    files: dict[str, Digest]
    entry: Index | None = None
    reader: str = ""
    subject: str = ""
    as_of: Index = 0
    entries: dict[str, CaseEntry] = {}
    withheld: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """An evidence file taken apart: its manifest and its members by name.

    altered_readmes: languages whose README is not the one drawn from the manifest.
    """

    manifest: Manifest
    files: Mapping[str, bytes]
    altered_readmes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What it claims to show."""
        return self.manifest.kind

    @property
    def origin(self) -> str:
        """The log it is about."""
        return self.manifest.origin

    def file(self, name: str) -> bytes:
        """One member; Malformed where the kind wants it and it is not there."""
        if name not in self.files:
            raise Malformed(f"a {self.kind} needs {name}, and it is not in the file")
        return self.files[name]

    def numbered(self, folder: str, ending: str) -> list[tuple[int, str]]:
        """The members `<folder>/<number><ending>`, by number."""
        names = re.compile(rf"{folder}/(0|[1-9][0-9]{{0,15}}){re.escape(ending)}")
        found = [(int(match[1]), name) for name in self.files if (match := names.fullmatch(name))]
        return sorted(found)


def pack(kind: str, origin: str, files: Mapping[str, bytes], **facts: object) -> bytes:
    """Write an evidence file; the same members give the same bytes."""
    digests = {name: sha256(raw).hexdigest() for name, raw in files.items()}
    manifest = Manifest(format=FORMAT, kind=kind, origin=origin, files=digests, **facts)  # type: ignore[arg-type]
    return _archive({**files, **_front(manifest)})


def unpack(raw: bytes) -> Evidence:
    """Read an evidence file; Malformed names the member that is damaged or out of place."""
    if len(raw) > MOST_BYTES:
        raise Malformed(f"{len(raw):,} bytes; an evidence file has at most {MOST_BYTES:,}")
    members = _members(raw)
    evidence = _evidence(members)
    if _archive(members) != raw:
        raise Malformed(
            "this archive was packed by another program, or has something between its members; "
            "unpack it and check the folder"
        )
    return evidence


def read_folder(folder: Path) -> Evidence:
    """Read an evidence file that somebody has unpacked."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink()]
    if len(paths) > MOST_MEMBERS:
        raise Malformed(f"{folder}: more than {MOST_MEMBERS:,} files")
    if any(path.is_symlink() for path in paths):
        raise Malformed(f"{folder}: holds a link; an evidence file holds files")
    if sum(path.stat().st_size for path in paths) > MOST_BYTES:
        raise Malformed(f"{folder}: more than {MOST_BYTES:,} bytes")
    return _evidence({path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})


def read(path: Path) -> Evidence:
    """Read an evidence file, or the folder it was unpacked into."""
    return read_folder(path) if path.is_dir() else unpack(path.read_bytes())


def _evidence(members: Mapping[str, bytes]) -> Evidence:
    manifest = _manifest(members)
    fronts = {MANIFEST, *map(_readme, LANGUAGES)}
    files = {name: raw for name, raw in members.items() if name not in fronts}
    if odd := [name for name in files if not _NAME.fullmatch(name)]:
        raise Malformed(f"a member called {odd[0][:60]!r}: no evidence file has such a one")
    if len(files) > MOST_MEMBERS:
        raise Malformed(f"more than {MOST_MEMBERS:,} members")
    if stray := sorted(files.keys() ^ manifest.files.keys()):
        here = "is not in the manifest" if stray[0] in files else "is missing"
        raise Malformed(f"{stray[0]} {here}: the file is not as it was made")
    for name, raw in files.items():
        if sha256(raw).hexdigest() != manifest.files[name]:
            raise Malformed(f"{name} is damaged: its bytes are not those in the manifest")
    wanted = _front(manifest)
    altered = [lang for lang in LANGUAGES if members.get(_readme(lang)) != wanted[_readme(lang)]]
    return Evidence(manifest=manifest, files=files, altered_readmes=tuple(altered))


def _manifest(members: Mapping[str, bytes]) -> Manifest:
    raw = members.get(MANIFEST)
    if raw is None:
        raise Malformed(f"no {MANIFEST} in it: this is no evidence file")
    try:
        manifest = msgspec.json.decode(raw, type=Manifest)
        spelt = canonical(manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, BadValue) as problem:
        raise Malformed(f"{MANIFEST}: {problem}") from problem
    if manifest.format != FORMAT:
        raise Malformed(f"{MANIFEST}: format {manifest.format[:40]!r}; this program reads {FORMAT}")
    if spelt != raw:
        raise Malformed(f"{MANIFEST} is not in the one spelling of its JSON")
    return manifest


def _front(manifest: Manifest) -> dict[str, bytes]:
    readmes = {
        _readme(lang): words.readme(manifest.kind, manifest.origin, lang) for lang in LANGUAGES
    }
    return {
        MANIFEST: canonical(manifest),
        **{name: text.encode() for name, text in readmes.items()},
    }


def _readme(language: str) -> str:
    return f"README.{language}.txt"


def _archive(members: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED, allowZip64=False) as archive:
        for name in sorted(members):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, members[name])
    return held.getvalue()


def _members(raw: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            listed = archive.infolist()[: MOST_MEMBERS + 1]
            if sum(info.file_size for info in listed) > len(raw):
                raise zipfile.BadZipFile("its members share their bytes")
            return {info.filename: _member(archive, info) for info in listed}
    except Malformed:
        raise
    except _ODD as problem:
        raise Malformed(f"not an evidence file, or a damaged one: {problem}") from problem


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.compress_type != zipfile.ZIP_STORED or info.flag_bits:
        raise Malformed(
            f"{info.filename} is compressed or enciphered; unpack it and check the folder"
        )
    try:
        return archive.read(info)
    except _ODD as problem:
        raise Malformed(f"{info.filename} is damaged: {problem}") from problem
