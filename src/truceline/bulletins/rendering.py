"""A snapshot and a form in, the bytes of a bulletin out. Pure: same snapshot, same bytes."""

from collections.abc import Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from truceline.bulletins.forms import FORMS
from truceline.bulletins.map import svg_map
from truceline.bulletins.page import page
from truceline.bulletins.snapshot import Snapshot
from truceline.bulletins.voice import FILTERS, Md, Voice, escaped
from truceline.values.errors import BadValue
from truceline.values.texts import LANGUAGES

FORMATS = ("md", "html")


def render(form: str, snapshot: Snapshot, language: str, to: str = "md") -> bytes:
    """The bulletin as UTF-8 bytes.

    form: a name in `FORMS`; language: en, uk or ru; to: `md`, `html`, or `svg` for the map
    that the Markdown calls `map.en.svg` (empty where there is nothing to draw).

    Raises BadValue where one of the three is not known.
    """
    if form not in FORMS:
        raise BadValue(f"no form is called {form!r}; there are: {', '.join(sorted(FORMS))}")
    if language not in LANGUAGES:
        raise BadValue(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
    if to not in (*FORMATS, "svg"):
        raise BadValue(f"a bulletin is written as {' or '.join(FORMATS)}, not {to!r}")
    figures = FORMS[form](snapshot)
    if to == "svg":
        return svg_map(snapshot, figures, language).encode()
    template = _environment().get_template(f"{form}/{language}.md.jinja")
    speak = Voice(snapshot, language).filters()
    markdown = template.render(bulletin=snapshot, figures=figures, speak=speak).strip() + "\n"
    if to == "md":
        return markdown.encode()
    return page(markdown, snapshot, figures, language).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("truceline.bulletins", "forms"),
        finalize=escaped,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - Markdown is escaped by `finalize`, HTML by markdown-it
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update({name: _spoken(name) for name in FILTERS})
    environment.filters["md"] = Md
    return environment


def _spoken(name: str) -> Callable[..., object]:
    """A filter that asks the render's own voice, so that renders in threads do not meet."""

    @pass_context
    def speak(context: Context, *arguments: object) -> object:
        spoken: dict[str, Callable[..., object]] = context["speak"]
        return spoken[name](*arguments)

    return speak
