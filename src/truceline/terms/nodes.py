"""YAML 1.2 as a tree that remembers its lines and keeps every number by its decimal text."""

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from truceline.terms.errors import Problem

MAX_DEPTH = 60
MAX_NODES = 2_000_000  # an alias of aliases may unfold without end; no agreement comes near this
_NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,2})?")
_TAG = "tag:yaml.org,2002:"

Scalar = str | bool | Decimal | None


@dataclass(frozen=True, slots=True)
class Node:
    """A scalar, a list or a mapping, and the line it starts on, counted from 1."""

    value: "Scalar | tuple[Node, ...] | Mapping[str, Node]"
    line: int

    def get(self, key: str) -> "Node | None":
        """What a mapping holds under a key; None where it holds nothing or is no mapping."""
        return self.value.get(key) if isinstance(self.value, Mapping) else None


class Unreadable(Exception):
    """The text is no YAML we accept; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_tree(raw: bytes, file: str) -> tuple[Node, list[Problem]]:
    """Read bytes into a tree and the problems of spelling: duplicate keys, unquoted dates.

    Raises Unreadable where there is no tree at all.
    """
    try:
        text = raw.decode("utf-8-sig")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            root = YAML(typ="safe", pure=True).compose(text)
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise _no_tree(file, line, "bytes that are not UTF-8", "save the file as UTF-8") from None
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 0
        found = f"text that is not YAML: {problem.problem or problem.context}"
        raise _no_tree(file, line, found, "mend the spelling at that line") from None
    except (YAMLError, ValueError, TypeError, AttributeError, IndexError) as problem:
        reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise _no_tree(file, 0, f"text that is not YAML: {reason}", "mend the spelling") from None
    except RecursionError:
        raise _no_tree(file, 0, "nesting too deep to read", "write it flatter") from None
    if root is None:
        raise _no_tree(file, 0, "an empty file", "write the agreement into it")
    reader = _Reader(file)
    return reader.node(root, 0), reader.problems


def _no_tree(file: str, line: int, found: str, do: str) -> Unreadable:
    return Unreadable(Problem(file=file, line=line, found=found, do=do))


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.count = 0

    def node(self, found: YamlNode, depth: int) -> Node:
        line = found.start_mark.line + 1
        self.count += 1
        if depth > MAX_DEPTH or self.count > MAX_NODES:
            raise _no_tree(self.file, line, "nesting too deep to read", "write it flatter")
        if isinstance(found, MappingNode):
            return Node(self.mapping(found, depth), line)
        if isinstance(found, SequenceNode):
            return Node(tuple(self.node(item, depth + 1) for item in found.value), line)
        assert isinstance(found, ScalarNode)
        return Node(self.scalar(found, line), line)

    def mapping(self, found: MappingNode, depth: int) -> dict[str, Node]:
        held: dict[str, Node] = {}
        for key, item in found.value:
            line = key.start_mark.line + 1
            name = key.value if isinstance(key, ScalarNode) else None
            if name is None:
                self.say(line, "a key that is itself a list or mapping", "use plain words as keys")
            elif name in held:
                self.say(line, f"key {name!r} a second time", "keep one of the two")
            else:
                held[name] = self.node(item, depth + 1)
        return held

    def scalar(self, found: ScalarNode, line: int) -> Scalar:
        tag = str(found.tag).removeprefix(_TAG)
        if tag == "null":
            return None
        if tag == "bool":
            return str(found.value).lower() == "true"
        if tag in ("int", "float"):
            return self.number(found.value, line)
        if tag == "timestamp":
            self.say(line, f"the date {found.value} without quotes", f'write "{found.value}"')
        elif tag != "str":
            self.say(line, f"a value of kind {found.tag}", "use text, numbers, true, false or null")
        return str(found.value)

    def number(self, text: str, line: int) -> Decimal:
        if not _NUMBER.fullmatch(text):
            self.say(line, f"number {text}", "write it as a plain decimal number")
            return Decimal(0)
        return Decimal(text)

    def say(self, line: int, found: str, do: str) -> None:
        self.problems.append(Problem(file=self.file, line=line, found=found, do=do))


def plain(node: Node) -> object:
    """The tree as dicts, lists and scalars; a whole number becomes int, another its text.

    Used where the format leaves a value open (attributes, matches), so that equal numbers are
    spelt equally on both sides of a comparison.
    """
    value = node.value
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return plain_number(value) if isinstance(value, Decimal) else value


def plain_number(number: Decimal) -> int | str:
    """A whole number as int; any other as its shortest decimal text.

    >>> plain_number(Decimal("7.00")), plain_number(Decimal("7.50"))
    (7, '7.5')
    """
    if number == number.to_integral_value():
        return int(number)
    return format(number.normalize(), "f")


def set_at(node: Node, path: tuple[str, ...], value: Node | None) -> Node:
    """A new tree with the value at a path of keys and list places; None takes the key away.

    Raises KeyError where the path leads nowhere.
    """
    head, rest = path[0], path[1:]
    if isinstance(node.value, tuple):
        place = int(head) if head.isdigit() else -1
        if not 0 <= place < len(node.value) or (value is None and not rest):
            raise KeyError(head)
        items = list(node.value)
        items[place] = set_at(items[place], rest, value) if rest else _given(value)
        return Node(tuple(items), node.line)
    if not isinstance(node.value, Mapping):
        raise KeyError(head)
    held = dict(node.value)
    if rest:
        held[head] = set_at(held.get(head) or Node({}, node.line), rest, value)
    elif value is None:
        del held[head]
    else:
        held[head] = value
    return Node(held, node.line)


def _given(value: Node | None) -> Node:
    assert value is not None
    return value


def walk(node: Node) -> Iterator[Node]:
    """Every node of a tree, from the top."""
    yield node
    if isinstance(node.value, Mapping):
        for item in node.value.values():
            yield from walk(item)
    elif isinstance(node.value, tuple):
        for item in node.value:
            yield from walk(item)
