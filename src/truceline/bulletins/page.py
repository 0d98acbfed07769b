"""A bulletin's Markdown as one HTML file that needs nothing else: no script, nothing loaded.

The stylesheet is inlined and its hash is known (`STYLE_SOURCE`), so a page that serves the file
can keep a Content-Security-Policy without exceptions. Raw HTML in the Markdown stays text.
"""

import base64
from collections.abc import MutableMapping, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from truceline.bulletins.map import svg_map, watermark
from truceline.bulletins.marks import Mapped
from truceline.bulletins.snapshot import Snapshot
from truceline.values.texts import LANGUAGES

STYLE = files("truceline.bulletins").joinpath("bulletin.css").read_text(encoding="utf-8")
STYLE_SOURCE = f"'sha256-{base64.b64encode(sha256(STYLE.encode()).digest()).decode()}'"
# What the Markdown of each language calls its map; anything else is no picture of ours.
MAPS = frozenset(f"map.{language}.svg" for language in LANGUAGES)


def page(markdown: str, snapshot: Snapshot, figures: Mapped, language: str) -> str:
    """The whole HTML document."""
    drawing = svg_map(snapshot, figures, language)
    body = _html(markdown, drawing)
    title = markdown.split("\n", 1)[0].removeprefix("# ").replace("\\", "")
    stamp = watermark(snapshot.mode, language)
    band = f'<div class="stamp" aria-hidden="true">{escape(stamp)}</div>' if stamp else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f'<body class="{snapshot.mode.value}">\n{band}\n<main>\n{body}</main>\n</body>\n</html>\n'
    )


def _html(markdown: str, drawing: str) -> str:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("image", _image)
    tokens = reader.parse(markdown)
    for token in tokens:
        # markdown-it aligns cells by inline styles, which a strict policy refuses.
        if token.attrs.pop("style", None) == "text-align:right":
            token.attrSet("class", "n")
    return str(reader.renderer.render(tokens, reader.options, {"drawing": drawing}))


def _image(
    self: RendererHTML,  # noqa: ARG001 - markdown-it binds rules as methods
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,  # noqa: ARG001 - the signature is markdown-it's
    env: MutableMapping[str, Any],
) -> str:
    if tokens[index].attrGet("src") not in MAPS:
        return escape(tokens[index].content)
    return str(env["drawing"])
