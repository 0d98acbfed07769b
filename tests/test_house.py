"""Rules on the code itself: sizes, registries, docs, words. An exception is a line here, with its reason."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from truceline.bulletins.forms import FORMS
from truceline.reports.sources import SOURCES
from truceline.terms.clauses import CLAUSES

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "truceline"
FILE_LINES = 400
BODY_LINES = 50
LONG_FILES: dict[str, str] = {}
LONG_BODIES: dict[str, str] = {}
ROOMS = {
    "assessment", "bulletins", "claims", "cli", "coordination", "desk", "engines", "exercise",
    "incidents", "ledger", "reports", "store", "talks", "terms", "values", "web",
}  # fmt: skip


def modules() -> Iterator[Path]:
    """Every module of the package."""
    return (path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


def tracked() -> list[Path]:
    """Every file git tracks."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: this rule reads the list of tracked files")
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def test_every_folder_of_the_package_is_a_room_of_the_architecture() -> None:
    """A newcomer finds the room from the folder's name; there is no other folder."""
    found = {path.name for path in SOURCE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert found == ROOMS


def test_every_module_fits_on_a_few_screens() -> None:
    """No file grows past 400 lines unless a line here says why."""
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in modules()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > FILE_LINES
    }
    assert {name: n for name, n in long.items() if name not in LONG_FILES} == {}


def bodies(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length of every function body in a module, docstring left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = node.body[1:] if ast.get_docstring(node) else node.body
        if first:
            yield (
                f"{path.relative_to(SOURCE)}:{node.name}",
                (node.end_lineno or 0) - first[0].lineno + 1,
            )


def test_no_function_is_longer_than_a_screen() -> None:
    """A body over 50 lines is two functions."""
    long = {name: n for path in modules() for name, n in bodies(path) if n > BODY_LINES}
    assert {name: n for name, n in long.items() if name not in LONG_BODIES} == {}


def test_every_room_and_module_says_what_it_is() -> None:
    """A module without a docstring has not been thought through."""
    silent = [
        str(path.relative_to(SOURCE))
        for path in modules()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_source_has_its_module_its_format_page_and_its_golden_case(name: str) -> None:
    """A new source is four places; this names the one that was forgotten."""
    wanted = [
        SOURCE / "reports" / "sources" / f"{name.replace('-', '_')}.py",
        ROOT / "docs" / "formats" / "sources" / f"{name}.md",
        ROOT / "tests" / "golden" / "sources" / name,
    ]
    assert [str(path.relative_to(ROOT)) for path in wanted if not path.exists()] == []


@pytest.mark.parametrize("name", sorted(CLAUSES))
def test_a_clause_kind_has_its_module_its_page_and_its_golden_case(name: str) -> None:
    """A new clause kind is four places; this names the one that was forgotten."""
    wanted = [
        SOURCE / "terms" / "clauses" / f"{name}.py",
        ROOT / "docs" / "formats" / "clauses" / f"{name}.md",
        ROOT / "tests" / "golden" / "clauses" / name,
    ]
    assert [str(path.relative_to(ROOT)) for path in wanted if not path.exists()] == []


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_bulletin_form_has_templates_in_three_languages_and_a_golden_case(name: str) -> None:
    """A form that lacks a language cannot be published, so it is not a form."""
    folder = SOURCE / "bulletins" / "forms" / name
    wanted = [folder / "select.py", *(folder / f"{lang}.md.jinja" for lang in ("en", "uk", "ru"))]
    wanted.append(ROOT / "tests" / "golden" / "bulletins" / name)
    assert [str(path.relative_to(ROOT)) for path in wanted if not path.exists()] == []


def test_no_tracked_file_names_a_package_host() -> None:
    """Locks are hashes; where packages come from is the machine's business."""
    host = re.compile(
        rb"https?://[^\s\"']*(pypi|pythonhosted|npmjs|mirror)[^\s\"']*/(simple|packages|-/)"
    )
    named = [path.name for path in tracked() if host.search(path.read_bytes())]
    assert named == []


def test_an_unfinished_thing_carries_the_number_of_its_issue() -> None:
    """A promise nobody can look up is not a promise."""
    loose = re.compile(r"\bTODO\b(?!.*#\d)|FIXME|XXX")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix in {".py", ".md", ".html", ".jinja", ".sql"} and path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if loose.search(line)
    ]
    assert found == []


def test_every_link_between_our_pages_leads_somewhere() -> None:
    """A page that points to nothing sends a reader away with nothing."""
    link = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
    broken = [
        f"{path.relative_to(ROOT)} → {target}"
        for path in tracked()
        if path.suffix == ".md" and "golden" not in path.parts  # a printed page, not one of ours
        for target in link.findall(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]
    assert broken == []


def test_every_decision_record_says_what_would_change_our_mind() -> None:
    """A decision that nothing could change was not a decision."""
    records = [
        path
        for path in tracked()
        if path.parent == ROOT / "docs" / "adr" and path.name[0].isdigit()
    ]
    wanted = ("context", "choice", "gave up", "change our mind")
    lacking = [
        f"{path.name}: {word}"
        for path in records
        for word in wanted
        if word not in path.read_text(encoding="utf-8").lower()
    ]
    assert records
    assert lacking == []


def test_every_query_of_a_view_reads_through_the_one_rule() -> None:
    """What a reader may see is decided in one place, and no query goes round it."""
    text = (SOURCE / "store" / "view.py").read_text(encoding="utf-8")
    queries = re.findall(r'select\(\s*f?"{1,3}(.*?)"{1,3},?\s*(?:#|\n|\()', text, flags=re.DOTALL)
    # By number: which claims stand in an incident, and how it is outlined, before its claims are
    # read through the rule. By entry: which acts there are, for numbering; the log shows as much.
    by_number = (
        "incident_claims",
        "incidents WHERE id",
        "links WHERE incident",
        "SELECT entry FROM entries",
    )
    guards = ("SEEN", "visible_to", *by_number)
    unguarded = [query for query in queries if not any(guard in query for guard in guards)]
    assert len(queries) >= 8
    assert unguarded == []
