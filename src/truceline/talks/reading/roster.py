"""What the user brings: a roster of persons, and where each file comes from.

A roster is YAML: `persons`, each with `name`, and optionally `aliases` (any script), `side`, and
`roles` (`title`, `from`, `to`). A meta file is YAML: `files`, each file's name with `outlet`,
`date` and `url`. Format: docs/formats/reading.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from truceline.talks.reading.document import Provenance
from truceline.values.errors import BadValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One person of a roster."""

    name: str
    aliases: tuple[str, ...] = ()
    side: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Roster:
    """The persons a user vouches for."""

    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Meta:
    """Provenance by file name."""

    files: Mapping[str, Provenance] = field(default_factory=dict)

    def of(self, file: str) -> Provenance:
        """What the user said of a file, by its path or its bare name."""
        return self.files.get(file) or self.files.get(file.rsplit("/", 1)[-1]) or Provenance()


def roster_of(text: str) -> Roster:
    """Read a roster; BadValue says which person is wrong and what is wanted."""
    persons = _listed(_yaml(text, "roster"), "persons")
    return Roster(tuple(_entry(number, each) for number, each in enumerate(persons, start=1)))


def _entry(number: int, each: object) -> Entry:
    if not isinstance(each, Mapping) or not isinstance(each.get("name"), str):
        raise BadValue(f"roster: person {number} has no `name`; give each a name in words")
    aliases, roles = each.get("aliases") or [], each.get("roles") or []
    if not isinstance(aliases, list) or not isinstance(roles, list):
        raise BadValue(f"roster: `aliases` and `roles` of {each['name']!r} have to be lists")
    titles = (role.get("title") if isinstance(role, Mapping) else role for role in roles)
    side = each.get("side")
    return Entry(
        name=each["name"],
        aliases=tuple(map(str, aliases)),
        side=str(side) if side is not None else None,
        roles=tuple(str(title) for title in titles if title),
    )


def meta_of(text: str) -> Meta:
    """Read a meta file; BadValue names the file whose lines are wrong."""
    files = _yaml(text, "meta").get("files")
    if not isinstance(files, Mapping):
        raise BadValue("meta: want `files:` with one entry per file name")
    return Meta({str(name): _provenance(str(name), each) for name, each in files.items()})


def _provenance(name: str, each: object) -> Provenance:
    if not isinstance(each, Mapping):
        raise BadValue(f"meta: {name}: want outlet, date, url")
    published = each.get("date")
    if published is not None and not isinstance(published, date):
        raise BadValue(f"meta: {name}: date {published!r} is no date; write 2026-01-25")
    outlet, url = each.get("outlet"), each.get("url")
    return Provenance(
        outlet=str(outlet) if outlet else None,
        published=published,
        url=str(url) if url else None,
    )


def _yaml(text: str, what: str) -> Mapping[str, object]:
    try:
        loaded = YAML(typ="safe").load(text)
    except YAMLError as problem:
        raise BadValue(f"{what}: not YAML: {problem}") from problem
    if not isinstance(loaded, Mapping):
        raise BadValue(f"{what}: want a mapping at the top")
    return loaded


def _listed(loaded: Mapping[str, object], name: str) -> list[object]:
    found = loaded.get(name)
    if not isinstance(found, list):
        raise BadValue(f"roster: want a list under `{name}:`")
    return found
