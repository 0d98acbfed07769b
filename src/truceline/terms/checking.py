"""What a typed agreement may still not say."""

from truceline.terms.decoding import Sink
from truceline.terms.document import Doc
from truceline.terms.nodes import Node


def check(doc: Doc, tree: Node, sink: Sink) -> None:
    """Note every problem."""
