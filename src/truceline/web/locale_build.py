"""The message catalogues: drawn from the pages, completed by people, compiled for the desk.

    python -m truceline.web.locale_build            draw new messages in, compile, list what lacks
    python -m truceline.web.locale_build --compile  compile only

A message is a whole sentence in English; the English catalogue repeats it, so that all three
languages are counted alike.
"""

import io
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from truceline.values.texts import LANGUAGES

_HERE = Path(__file__).parent
LOCALE = _HERE / "locale"
_KEYWORDS: dict[str, tuple[int | tuple[int, int] | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_noop": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_DRAWN = datetime(2026, 1, 1, tzinfo=UTC)  # a date in the file would differ on every drawing

Found = tuple[str, str | tuple[str, str], str | None]


def main(arguments: list[str]) -> int:
    """Draw and compile; what is untranslated is listed, and shows in English until it is."""
    if "--compile" not in arguments:
        draw()
    compile_stale()
    for language, lacking in untranslated().items():
        for message in lacking:
            print(f"{language}: {message!r}")  # noqa: T201 - this is a command
    return 0


def draw() -> None:
    """Bring every catalogue up to the messages the pages use, keeping what people translated."""
    for language in LANGUAGES:
        drawn = _read(language) if _po(language).exists() else Catalog(locale=language)
        drawn.update(messages(), no_fuzzy_matching=True)  # it keeps what it is given: give anew
        drawn.obsolete.clear()
        if language == "en":
            _repeat(drawn)
        _write(language, drawn)


def messages() -> Catalog:
    """Every message in the templates and the modules of the web room."""
    catalog = Catalog()
    for path in sorted(_HERE.rglob("*")):
        for context, text, where in _in_file(path):
            catalog.add(text, locations=[(where, 0)] if where else (), context=context or None)
    return catalog


def untranslated() -> dict[str, list[str]]:
    """Per language, the messages that lack a wording or one of its plural forms."""
    wanted = messages()
    missing: dict[str, list[str]] = {}
    for language in LANGUAGES:
        held = _read(language)
        missing[language] = [
            str(message.id) for message in wanted if message.id and not _complete(held, message)
        ]
    return missing


def compile_stale() -> None:
    """Write the compiled catalogue of each language whose text is newer.

    An installed package may stand in a folder nobody can write to; what it was built with serves.
    """
    for language in LANGUAGES:
        source, target = _po(language), _po(language).with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        compiled = io.BytesIO()
        write_mo(compiled, _read(language))
        half = target.with_suffix(f".{os.getpid()}.half")
        try:
            half.write_bytes(compiled.getvalue())
            half.replace(target)
        except PermissionError:
            if not target.exists():
                raise


def _in_file(path: Path) -> Iterator[tuple[str, str | tuple[str, str], str]]:
    where = path.relative_to(_HERE).as_posix()
    if path.suffix == ".html":
        source = templatize(path.read_text(encoding="utf-8"), origin=where)
    elif path.suffix == ".py" and path.name != "locale_build.py":
        source = path.read_text(encoding="utf-8")
    else:
        return
    if path.suffix == ".html":  # what is left of a page is no Python: its indents mean nothing
        source = "\n".join(line.strip() for line in source.splitlines())
    for _, keyword, found, _ in extract_python(
        io.BytesIO(source.encode()), _KEYWORDS, (), {"encoding": "utf-8"}
    ):
        yield *_sorted_out(str(keyword), found), where


def _sorted_out(keyword: str, found: object) -> tuple[str, str | tuple[str, str]]:
    parts = [part for part in found if part] if isinstance(found, tuple) else [str(found)]
    context = parts.pop(0) if keyword.startswith(("pgettext", "npgettext")) else ""
    if "ngettext" in keyword or "npgettext" in keyword:
        return context, (parts[0], parts[1])
    return context, parts[0]


def _complete(held: Catalog, message: Message) -> bool:
    found = held.get(message.id, message.context)
    if found is None or found.fuzzy:
        return False
    wordings = found.string
    if not message.pluralizable or not isinstance(wordings, tuple | list):
        return bool(wordings) and not message.pluralizable
    return len(wordings) == held.num_plurals and all(wordings)


def _repeat(english: Catalog) -> None:
    for message in english:
        if message.id:
            message.string = tuple(message.id) if message.pluralizable else message.id


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _read(language: str) -> Catalog:
    with _po(language).open("rb") as file:
        return read_po(file, locale=language)


def _write(language: str, catalog: Catalog) -> None:
    catalog.creation_date = catalog.revision_date = _DRAWN
    catalog.project, catalog.version, catalog.fuzzy = "Truceline", "1", False
    catalog.last_translator = catalog.language_team = "Truceline"
    catalog.msgid_bugs_address = ""
    catalog.header_comment = "# What the desk says. English is the key; the wording is people's."
    _po(language).parent.mkdir(parents=True, exist_ok=True)
    with _po(language).open("wb") as file:
        write_po(file, catalog, width=100, sort_by_file=True, include_lineno=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
