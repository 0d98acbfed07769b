"""Read a page as a person with a keyboard and a reader of rules would: structure, labels, forms."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
LABELLED = {"select", "textarea"}


@dataclass
class Form:
    """One form: where it goes, how, and the names of its fields."""

    action: str
    method: str
    fields: set[str] = field(default_factory=set)


class Page(HTMLParser):
    """What a page is made of; `faults` says what a validator would."""

    def __init__(self, text: str) -> None:
        """Read a whole page."""
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.labels: set[str] = set()
        self.unlabelled: list[str] = []
        self.forms: list[Form] = []
        self.outside: list[str] = []
        self.language = ""
        self.words: list[str] = []
        self._form: Form | None = None
        self._in_label = 0
        self.feed(text)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]
        self.faults += [f"id {one} twice" for one in set(self.ids) if self.ids.count(one) > 1]
        self.faults += [f"{one} has no label" for one in self.unlabelled if one not in self.labels]

    @property
    def text(self) -> str:
        """The words of the page."""
        return " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an opening tag."""
        given = {name: value or "" for name, value in attrs}
        self._attributes(tag, given)
        if tag == "form":
            self._form = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._form)
        if tag in {"input", "button", *LABELLED}:
            self._control(tag, given)
        if tag == "label":
            self._in_label += 1
            self.labels.add(given.get("for", ""))
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a tag that closes itself, as those of a drawing do."""
        self._attributes(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last; anything else is a fault."""
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]} at {self.getpos()}")
            return
        self.open.pop()
        self._form = None if tag == "form" else self._form
        self._in_label -= tag == "label"

    def handle_data(self, data: str) -> None:
        """Collect words."""
        self.words.append(data)

    def _attributes(self, tag: str, given: dict[str, str]) -> None:
        self.faults += [
            f"<{tag}> has a {name}" for name in given if name == "style" or name.startswith("on")
        ]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.faults.append(f"inline <{tag}>")
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "html":
            self.language = given.get("lang", "")
        for name in ("href", "src", "action", "formaction", "hx-get"):
            if given.get(name, "").startswith(("http:", "https:", "//", "javascript:")):
                self.outside.append(given[name])

    def _control(self, tag: str, given: dict[str, str]) -> None:
        if self._form is not None and "name" in given:
            self._form.fields.add(given["name"])
        silent = tag == "button" or given.get("type") in {"hidden", "submit"}
        if not silent and not self._in_label and "aria-label" not in given:
            self.unlabelled.append(given.get("id", f"a {tag} without id"))
