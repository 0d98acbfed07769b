"""From the tree of a file to typed structs: every problem with its line, none left unsaid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from unicodedata import is_normalized

import msgspec

from truceline.terms.document import Scaled
from truceline.terms.errors import Problem
from truceline.terms.nodes import Node, plain

_FORMS = {
    "datum": "use WGS84, SK42 or UCS2000, the datum of the signed map",
}


@dataclass(slots=True)
class Sink:
    """Where problems and the line of every path go while a tree is decoded."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def refuse(self, line: int, found: str, do: str) -> None:
        """Note something that may not stand."""
        self.problems.append(Problem(file=self.file, line=line, found=found, do=do))

    def warn(self, line: int, found: str, do: str) -> None:
        """Note something that may stand for now."""
        self.warnings.append(Problem(file=self.file, line=line, found=found, do=do))

    def remark(self, line: int, found: str, do: str) -> None:
        """Note something unusual that is right all the same if it is meant."""
        self.remarks.append(Problem(file=self.file, line=line, found=found, do=do))

    def line(self, path: str) -> int:
        """The line of a path, or of the nearest part round it that has one."""
        while path and path not in self.lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get(path, 0)


@dataclass(frozen=True, slots=True)
class _Field:
    key: str
    name: str
    type: Any
    scale: int | None
    required: bool


class _Bad(Exception):
    pass


def decode(node: Node, wanted: Any, sink: Sink) -> Any:  # noqa: ANN401 - `wanted` says the type
    """Decode a tree as a type; None where a problem was noted."""
    try:
        return _decode(node, wanted, sink, "", None)
    except _Bad:
        return None


def _decode(node: Node, wanted: Any, sink: Sink, path: str, scale: int | None) -> Any:  # noqa: ANN401
    sink.lines.setdefault(path, node.line)
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        return _union(node, wanted, sink, path, scale)
    if origin is tuple:
        return _items(node, wanted, sink, path, scale)
    if origin is dict:
        return _mapping(node, get_args(wanted)[1], sink, path, scale)
    if origin is Literal:
        return _one_of(node, get_args(wanted), sink, path)
    if isinstance(wanted, type) and issubclass(wanted, msgspec.Struct):
        return _struct(node, wanted, sink, path)
    return _scalar(node, wanted, sink, path, scale)


def _union(node: Node, wanted: Any, sink: Sink, path: str, scale: int | None) -> Any:  # noqa: ANN401
    options = [option for option in get_args(wanted) if option is not type(None)]
    if node.value is None and len(options) < len(get_args(wanted)):
        return None
    if len(options) == 1:
        return _decode(node, options[0], sink, path, scale)
    if all(isinstance(option, type) and issubclass(option, msgspec.Struct) for option in options):
        return _tagged(node, options, sink, path)
    mapping = isinstance(node.value, Mapping)
    chosen = next(option for option in options if (get_origin(option) is dict) == mapping)
    return _decode(node, chosen, sink, path, scale)


def _tagged(node: Node, options: list[Any], sink: Sink, path: str) -> Any:  # noqa: ANN401
    tags = {str(option.__struct_config__.tag): option for option in options}
    field_name = options[0].__struct_config__.tag_field
    tag = node.get(field_name)
    if tag is None or tag.value not in tags:
        found = f"`{field_name}` {_show(tag)}" if tag else f"no `{field_name}`"
        sink.refuse((tag or node).line, f"{found} in {_at(path)}", f"use one of {_list(tags)}")
        raise _Bad
    return _struct(node, tags[str(tag.value)], sink, path)


def _items(node: Node, wanted: Any, sink: Sink, path: str, scale: int | None) -> Any:  # noqa: ANN401
    if not isinstance(node.value, tuple):
        sink.refuse(node.line, f"{_show(node)} at {_at(path)}", "write a list in [ ]")
        raise _Bad
    kinds = get_args(wanted)
    if kinds[-1] is not Ellipsis and len(kinds) != len(node.value):
        found = f"{len(node.value)} values at {_at(path)}"
        sink.refuse(node.line, found, f"write exactly {len(kinds)}")
        raise _Bad
    out, bad = [], False
    for number, item in enumerate(node.value):
        kind = kinds[0] if kinds[-1] is Ellipsis else kinds[number]
        try:
            out.append(_decode(item, kind, sink, f"{path}[{number}]", scale))
        except _Bad:
            bad = True
    if bad:
        raise _Bad
    return tuple(out)


def _mapping(node: Node, kind: Any, sink: Sink, path: str, scale: int | None) -> Any:  # noqa: ANN401
    if not isinstance(node.value, Mapping):
        sink.refuse(node.line, f"{_show(node)} at {_at(path)}", "write key: value pairs")
        raise _Bad
    out, bad = {}, False
    for key, item in node.value.items():
        if not (key and key.isascii()):
            do = "use plain Latin letters, digits, dots and underscores in keys"
            sink.refuse(item.line, f"key {key!r} at {_at(path)}", do)
            bad = True
            continue
        try:
            out[key] = _decode(item, kind, sink, f"{path}.{key}" if path else key, scale)
        except _Bad:
            bad = True
    if bad:
        raise _Bad
    return out


def _one_of(node: Node, allowed: tuple[Any, ...], sink: Sink, path: str) -> Any:  # noqa: ANN401
    value = int(node.value) if isinstance(node.value, Decimal) else node.value
    if value not in allowed or isinstance(value, bool):
        key = path.rsplit(".", 1)[-1]
        do = _FORMS.get(key, f"use {_list([str(one) for one in allowed])}")
        sink.refuse(node.line, f"{_show(node)} at {_at(path)}", do)
        raise _Bad
    return value


def _struct(node: Node, wanted: Any, sink: Sink, path: str) -> Any:  # noqa: ANN401
    if not isinstance(node.value, Mapping):
        sink.refuse(node.line, f"{_show(node)} at {_at(path)}", "write key: value pairs")
        raise _Bad
    fields = fields_of(wanted)
    values, bad = {}, _unknown_keys(node, fields, wanted.__struct_config__.tag_field, sink, path)
    for one in fields.values():
        item = node.get(one.key)
        if item is None:
            if one.required:
                found = f"no `{one.key}` in {_at(path)}"
                sink.refuse(node.line, found, f"add `{one.key}`")
                bad = True
            continue
        inner = f"{path}.{one.key}" if path else one.key
        try:
            values[one.name] = _decode(item, one.type, sink, inner, one.scale)
        except _Bad:
            bad = True
    if bad:
        raise _Bad
    return wanted(**values)


def _unknown_keys(
    node: Node, fields: dict[str, _Field], tag: str | None, sink: Sink, path: str
) -> bool:
    assert isinstance(node.value, Mapping)
    unknown = [key for key in node.value if key not in fields and key != tag]
    for key in unknown:
        near = get_close_matches(key, fields, n=1)
        do = f"did you mean `{near[0]}`?" if near else f"use {_list(fields)}"
        sink.refuse(node.value[key].line, f"unknown key `{key}` in {_at(path)}", do)
    return bool(unknown)


@cache
def fields_of(wanted: Any) -> dict[str, _Field]:  # noqa: ANN401 - any struct type
    """The fields of a struct by the key the file uses for them."""
    hints = get_type_hints(wanted, include_extras=True)
    out = {}
    for one in msgspec.structs.fields(wanted):
        hint = hints[one.name]
        marks = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Scaled)]
        kind = hint.__origin__ if hasattr(hint, "__metadata__") else hint
        key = marks[0].key if marks else one.encode_name
        out[key] = _Field(
            key=key,
            name=one.name,
            type=kind,
            scale=marks[0].digits if marks else None,
            required=one.required,
        )
    return out


def as_written(value: object) -> Any:  # noqa: ANN401 - plain lists, maps, texts and numbers
    """A part of an agreement as the file writes it: under its own keys, in the units people use.

    Inside, lengths are metres and calibres thousandths of a millimetre; whoever reads a rule on a
    page reads `within_km: 25` and `calibre_mm: {ge: 14.5}`, as it was signed.
    """
    if isinstance(value, msgspec.Struct):
        tag = type(value).__struct_config__.tag
        head = {type(value).__struct_config__.tag_field: tag} if tag else {}
        return head | {
            key: _scaled_back(getattr(value, one.name), one.scale)
            for key, one in fields_of(type(value)).items()
        }
    if isinstance(value, dict):
        return {key: as_written(one) for key, one in value.items()}
    return [as_written(one) for one in value] if isinstance(value, list | tuple) else value


def _scaled_back(value: object, digits: int | None) -> Any:  # noqa: ANN401 - as as_written
    if not digits:
        return as_written(value)
    if isinstance(value, dict):
        return {key: _scaled_back(one, digits) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_scaled_back(one, digits) for one in value]
    if not isinstance(value, int):
        return value
    whole, rest = divmod(value, 10**digits)
    return whole if rest == 0 else float(Decimal(value).scaleb(-digits))


def _scalar(node: Node, wanted: Any, sink: Sink, path: str, scale: int | None) -> Any:  # noqa: ANN401
    value = node.value
    if wanted is object:
        return plain(node)
    if wanted is str and isinstance(value, str):
        return _text(value, node, sink, path)
    if wanted is bool and isinstance(value, bool):
        return value
    if wanted is int and isinstance(value, Decimal):
        return _integer(value, node, sink, path, scale or 0)
    do = {str: "write text in quotes", bool: "write true or false", int: "write a number"}[wanted]
    sink.refuse(node.line, f"{_show(node)} at {_at(path)}", do)
    raise _Bad


def _text(value: str, node: Node, sink: Sink, path: str) -> str:
    if not is_normalized("NFC", value):
        found = f"text not in Unicode form NFC at {_at(path)}"
        sink.refuse(node.line, found, "type its accented letters anew, or normalise the file")
        raise _Bad
    return value


def _integer(value: Decimal, node: Node, sink: Sink, path: str, digits: int) -> int:
    scaled = value.scaleb(digits)
    if scaled != scaled.to_integral_value():
        unit = "no decimals" if digits == 0 else f"at most {digits} digits after the point"
        sink.refuse(node.line, f"number {value} at {_at(path)}", f"write {unit}")
        raise _Bad
    if abs(scaled) >= 2**53:
        sink.refuse(node.line, f"number {value} at {_at(path)}", "write a number that can be meant")
        raise _Bad
    return int(scaled)


def _at(path: str) -> str:
    return f"`{path}`" if path else "the file"


def _show(node: Node) -> str:
    if isinstance(node.value, Mapping):
        return "key: value pairs"
    if isinstance(node.value, tuple):
        return f"a list of {len(node.value)}"
    if node.value is None:
        return "nothing"
    return repr(node.value) if isinstance(node.value, str) else str(node.value).lower()


def _list(names: Any) -> str:  # noqa: ANN401 - anything that yields names
    return ", ".join(sorted(str(name) for name in names))
