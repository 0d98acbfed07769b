"""Commands as a watch officer meets them: exit codes, one object in JSON, errors in words."""

import gc
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.desk.founded import COMPLAINT, TERMS, party_list
from tests.desk.played import copy_of
from truceline.desk.desk import TABLES
from truceline.ledger.note import Key

GOLDEN = Path(__file__).parents[1] / "golden"


def one_object(out: str, name: str) -> dict[str, Any]:
    """Standard output as one JSON object of a versioned format, and nothing beside it."""
    found: dict[str, Any] = json.loads(out)
    assert found["format"] == f"truceline-{name}/1"
    return found


def lists(folder: Path, rows: int, broken: int = 0) -> Path:
    """A party's list in a file, some of its rows beyond reading."""
    lines = party_list(rows).splitlines(keepends=True)
    for place in range(1, broken + 1):
        lines[place] = lines[place].replace(b"2026-04-01", b"2026-13-01")
    path = folder / f"list-{rows}-{broken}.csv"
    path.write_bytes(b"".join(lines))
    return path


# take: 0 all taken or known, 1 something unreadable or refused, 2 nothing could be taken


def test_taking_says_how_many_were_taken_known_and_unreadable(run: Run, folder: Path) -> None:
    """The last line counts; a line before it for each row that was not understood."""
    take = ("take", "party-list", "--centre", folder, "--owner", "VEL", "--by", "VEL")
    path = lists(folder.parent, 40)
    assert run(*take, path)[:2] == (0, "40 taken, 0 known, 0 unreadable\n")
    assert run(*take, path)[:2] == (0, "0 taken, 40 known, 0 unreadable\n")

    code, out, _ = run(*take, lists(folder.parent, 30, broken=3))
    assert code == 1
    assert out.splitlines()[-1] == "27 taken, 0 known, 3 unreadable"
    assert len(out.splitlines()) == 4
    assert out.startswith("list-30-3.csv:2: ")
    assert "2026-13-01" in out

    code, out, _ = run(*take, lists(folder.parent, 5, broken=5))
    assert (code, out.splitlines()[-1]) == (2, "0 taken, 0 known, 5 unreadable")


def test_taking_in_json_is_one_object_with_every_refused_row(run: Run, folder: Path) -> None:
    """A program reads the same as a person."""
    take = ("take", "party-list", "--centre", folder, "--owner", "VEL", "--json")
    code, out, err = run(*take, lists(folder.parent, 12, broken=2))
    found = one_object(out, "taken")
    assert (code, err) == (1, "")
    assert (found["taken"], found["known"]) == (10, 0)
    assert [(row["file"], row["row"], row["line"]) for row in found["unreadable"]] == [
        ("list-12-2.csv", 1, 2), ("list-12-2.csv", 2, 3),
    ]  # fmt: skip


def test_one_bad_file_of_three_keeps_no_other_from_being_taken(run: Run, folder: Path) -> None:
    """And the officer is told which, not left to guess what was taken before it."""
    empty = folder.parent / "empty.csv"
    empty.touch()
    files = (lists(folder.parent, 3), empty, folder.parent / "gone.csv", lists(folder.parent, 4))
    code, out, _ = run("take", "party-list", *files, "--centre", folder, "--owner", "VEL")
    assert code == 1
    assert out.splitlines() == [
        "empty.csv: refused: empty.csv holds not one byte; ask for it again",
        f"gone.csv: refused: [Errno 2] No such file or directory: '{folder.parent}/gone.csv'",
        "7 taken, 0 known, 0 unreadable",
    ]
    assert run("take", "party-list", empty, "--centre", folder, "--owner", "VEL")[0] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("take", "rumour", "{list}", "--centre", "{folder}"), "known are complaint"),
        (("take", "party-list", "{list}", "--centre", "{folder}", "--owner", "XYZ"), "no seat"),
        (
            ("take", "party-list", "{list}", "--centre", "{folder}", "--owner", "JVT", "--by", "VEL"),
            "only JVT itself or the centre may",
        ),
        (("take", "party-list", "{list}", "--centre", "{folder}", "--acl", "VLE"), "no seat"),
        (("take", "party-list", "{list}", "--centre", "{empty}"), "truceline found"),
        (("take", "party-list", "{list}", "--centre", "/no/such"), "/no/such"),
        (("take", "party-list", "--centre", "{folder}"), "FILES"),
        (("bulletin", "daily", "--date", "2.4.", "--centre", "{folder}", "-o", "{out}"), "2026-03-31"),
        (("bulletin", "daily", "--date", "2026-03-21", "--centre", "{empty}", "-o", "{out}"), "found"),
        (
            ("bulletin", "daily", "--date", "2026-03-21", "--centre", "{folder}", "-o",
             "{out}/no/such.md", "--publish"),
            "is no folder",
        ),
        (
            ("bulletin", "daily", "--date", "2126-03-21", "--centre", "{folder}", "-o", "{out}",
             "--publish"),
            "publish then",
        ),
        (
            ("bulletin", "daily", "--date", "2026-03-21", "--centre", "{folder}", "-o", "{out}",
             "--publish", "--by", "TOR"),
            "centre's own word",
        ),
        (
            ("bulletin", "daily", "--date", "2026-03-21", "--centre", "{folder}", "-o", "{out}",
             "--publish", "--corrects", "B-0007"),
            "no bulletin B-0007",
        ),
        (
            ("incident", "split", "3#1", "3#2", "--centre", "{folder}", "--reason", "two"),
            "no claim 3#1",
        ),
        (("incident", "undo", "0", "--centre", "{folder}", "--reason", "slip"), "entry 0"),
        (("incident", "merge", "I-ABCDEFGH", "--centre", "{folder}", "--reason", "y"), "I-ABCDEFGH"),
        (("verify", "{empty}"), "holds no log"),
        (("verify", "{folder}", "--key", "nonsense"), "no verifier key"),
        (("verify", "http://127.0.0.1:1"), "--key FILE"),
        (("fsck", "{empty}"), "no centre"),
        (("redraw", "{empty}"), "no log"),
        (("key", "show", "{empty}", "--public"), "restore it"),
        (("found", "{folder}", "--terms", "{terms}"), "not empty"),
        (("found", "{out}", "--terms", "{list}"), "list-3-0.csv"),
        (("found", "{out}", "--terms", "{terms}", "--guarantor", "ADL"), "ADL"),
        (("found", "{out}", "--terms", "{terms}", "--origin", "my centre"), "--origin"),
        (("fuse", "{list}", "--centre", "{folder}"), "either"),
        (("fuse", "{list}"), "-o OUT"),
        (("assess", "{terms}"), "CASES"),
        (("assess", "{terms}", "{list}"), "list-3-0.csv"),
        (("terms", "check", "{list}"), "list-3-0.csv"),
        (("demo-tamper", "{empty}"), "truceline found"),
        (("exercise", "--size", "3", "-o", "{out}"), "100 to 10000000"),
        (("nonsense",), "nonsense"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_says_what_where_and_what_to_do(
    run: Run, folder: Path, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    """One message, exit code 2, no traceback, nothing on standard output, nothing appended."""
    empty = tmp_path / "empty"
    empty.mkdir()
    places = {
        "folder": folder, "empty": empty, "terms": TERMS, "list": lists(tmp_path, 3),
        "out": tmp_path / "out",
    }  # fmt: skip
    before = (folder / "state" / "head").read_bytes()
    code, out, err = run(*(word.format(**places) for word in words))
    assert code == 2
    assert said in out + err
    assert (folder / "state" / "head").read_bytes() == before
    assert not (tmp_path / "out").exists()


def test_a_hostile_cell_or_file_name_writes_nothing_on_the_terminal(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    """A list that clears the screen and prints `0 unreadable` would be believed at night."""
    spoilt = party_list(3).replace(b"2026-04-01", "\x1b[2J\u202e9 taken\x07".encode())
    for number, more in enumerate(((), ("--json",))):
        path = tmp_path / f"{number}\x1b[2J\n99 taken.csv"
        path.write_bytes(spoilt + b" " * number)
        words = ("take", "party-list", path, "--centre", folder, "--owner", "VEL", *more)
        code, out, err = run(*words)
        assert code == 2
        assert not [letter for letter in out + err if letter < " " and letter not in "\n\r"]
        assert "\u202e" not in err + ("" if more else out)
    missing = tmp_path / "y\x1b[2J\n0 taken"
    code, out, err = run("found", missing, "--terms", TERMS, "--origin", "a\x1b[2J b")
    assert (code, "\x1b" in out + err) == (2, False)


# verify, fsck, key, redraw


def test_a_whole_record_verifies_and_a_damaged_one_names_the_entry(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    """Exit 0, or 2 with file and entry; with somebody's key, with one's own, and in JSON."""
    run("take", "party-list", lists(tmp_path, 9), "--centre", folder, "--owner", "VEL")
    code, out, _ = run("key", "show", folder, "--public")
    key = tmp_path / "azores.vkey"
    key.write_text(out)
    assert (code, Key.parse(out.splitlines()[0]).name) == (0, "truceline.example/azores")

    code, out, _ = run("verify", folder, "--key", key)
    assert (code, out.splitlines()[0]) == (0, "log truceline.example/azores: 4 entries, whole")
    code, out, _ = run("verify", folder / "log")
    assert code == 0
    assert "not whose it is" in out
    found = one_object(run("verify", folder, "--key", key, "--json")[1], "verified")
    assert (found["ok"], found["size"], found["own_key"], found["problems"]) == (True, 4, False, [])
    assert run("fsck", folder)[0] == 0
    assert one_object(run("fsck", folder, "--json")[1], "checked")["ok"] is True

    kept = tmp_path / "kept"
    shutil.copytree(folder / "log", kept)
    (bundle,) = (folder / "log" / "tile" / "entries").rglob("*/4")
    bundle.chmod(0o644)
    raw = bytearray(bundle.read_bytes())
    raw[-40] ^= 1
    bundle.write_bytes(bytes(raw))
    for words in (
        ("verify", folder, "--key", key),
        ("verify", folder, "--copy", kept),
        ("fsck", folder),
    ):
        code, out, _ = run(*words)
        assert code == 2
        assert "entry 3" in out
        assert "damaged" in out
    code, out, _ = run("verify", folder, "--key", key, "--json")
    assert code == 2
    assert {one["entry"] for one in one_object(out, "verified")["problems"]} >= {3}


def test_the_first_line_of_the_key_is_the_key_alone(run: Run, folder: Path) -> None:
    """So that it can be piped into another verifier; no other kind of key is ever shown."""
    code, out, err = run("key", "show", folder, "--public")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [Key.parse(line).vkey for line in lines] == lines
    assert "PRIVATE" not in out
    secrets = [path.read_text().split()[-1] for path in (folder / "keys").iterdir()]
    assert not [one for one in secrets if one.split("+", 4)[-1] in out]


def test_a_command_lets_go_of_the_tables_when_it_ends(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    """Nothing of it waits for Python's collector: the file can be copied, replaced, damaged."""
    gc.disable()
    try:
        run("take", "party-list", lists(tmp_path, 9), "--centre", folder, "--owner", "VEL")
        run("redraw", folder)
        beside = sorted(path.name for path in (folder / TABLES).parent.glob("*sqlite3*"))
    finally:
        gc.enable()
    assert beside == ["tables.sqlite3"]  # no -wal, no -shm: the last to have it open has closed it


def test_a_redraw_says_whether_every_table_came_out_the_same(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    """Exit 0 if so, 1 if some were put right, and then 0 again."""
    run("take", "party-list", lists(tmp_path, 9), "--centre", folder, "--owner", "VEL")
    code, out, _ = run("redraw", folder)
    assert code == 0
    assert "every table came out the same" in out
    found = one_object(run("redraw", folder, "--json")[1], "redrawn")
    assert (found["size"], found["differing"], found["compared"]) == (4, [], True)

    (folder / TABLES).write_bytes(b"no database" * 1_000)
    code, _, err = run("take", "party-list", lists(tmp_path, 2), "--centre", folder)
    assert code == 2
    assert "truceline redraw" in err
    assert run("redraw", folder)[0] == 0
    assert run("take", "party-list", lists(tmp_path, 2), "--centre", folder)[0] == 0


# the engines alone


def test_terms_are_checked_with_warnings_or_strictly(run: Run, tmp_path: Path) -> None:
    """0 if they can be used; --strict turns what is doubtful into a refusal."""
    code, out, _ = run("terms", "check", TERMS)
    assert code == 0
    assert "sha256" in out.splitlines()[-1]
    found = one_object(run("terms", "check", TERMS, "--json")[1], "terms")
    assert len(found["sha256"]) == 64
    assert run("terms", "check", TERMS, "--strict")[0] == (2 if found["warnings"] else 0)

    broken = tmp_path / "broken.yaml"
    broken.write_bytes(TERMS.read_bytes().replace(b"norm: prohibit", b"norm: forbid", 1))
    code, _, err = run("terms", "check", broken)
    assert code == 2
    assert str(broken) in err
    assert "forbid" in err


def test_an_agreement_is_shown_article_by_article(run: Run) -> None:
    """In each language, from one file."""
    for language, word in (("en", "Velmark"), ("uk", "Велмарк"), ("ru", "Велмарк")):
        code, out, _ = run("terms", "show", TERMS, "--lang", language)
        assert code == 0
        assert word in out


def test_cases_are_assessed_alone(run: Run, tmp_path: Path) -> None:
    """0 if every expectation is met, 1 if one is not, with what was expected and what came out."""
    cases = GOLDEN / "clauses" / "cease_fire" / "cases.yaml"
    code, out, _ = run("assess", TERMS, cases)
    assert code == 0
    assert "expectations met" in out.splitlines()[-1]
    found = json.loads(run("assess", TERMS, cases, "--json")[1])
    assert found["format"].startswith("truceline-")

    wrong = tmp_path / "cases.yaml"
    wrong.write_bytes(cases.read_bytes().replace(b"a1.fire: breach", b"a1.fire: excused", 1))
    code, out, _ = run("assess", TERMS, wrong)
    assert code == 1
    assert "excused" in out


def test_a_table_of_claims_is_fused_alone(run: Run, tmp_path: Path) -> None:
    """CSV in, CSV and reasons out; a row that cannot be read is counted and costs no other."""
    table = tmp_path / "claims.csv"
    table.write_text(
        "claim,date,time,zone,position,error_m,act,speaker,party\n"
        'a,2026-04-02,02:05,Atlantic/Azores,"47.6912, -33.9440",300,fire.mortar,VEL,VEL\n'
        'b,2026-04-02,02:06,Atlantic/Azores,"47.6915, -33.9444",300,fire.mortar,JVT-1,\n'
        "c,2026-04-02,02:06,Atlantic/Azores,nowhere,300,fire.mortar,JVT-2,\n"
        'd,2026-03-24,14:00,Atlantic/Azores,"47.1100, -34.3000",300,flight.uav,TOR,TOR\n'
    )
    out, pairs, why = (tmp_path / name for name in ("out.csv", "pairs.csv", "why.jsonl"))
    code, said, _ = run("fuse", table, "-o", out, "--pairs", pairs, "--explain", why)
    assert code == 1
    rows = [line.split(",") for line in out.read_text().splitlines()[1:]]
    incident = {row[0]: row[1] for row in rows}
    assert incident["a"] == incident["b"] != incident["d"]
    assert "c" not in incident
    assert len(pairs.read_text().splitlines()) == 2
    assert all(json.loads(line) for line in why.read_text().splitlines())
    assert said.strip()


# a centre's own incidents, bulletins and drills


def test_a_night_from_the_terminal(run: Run, folder: Path, tmp_path: Path) -> None:
    """A complaint is taken, fused, held against the terms, and its claims split and put back."""
    form = tmp_path / "complaint.txt"
    form.write_text(COMPLAINT)
    run("take", "complaint", form, "--centre", folder, "--owner", "VEL", "--by", "VEL")
    files = (lists(tmp_path, 6), lists(tmp_path, 7))
    assert run("take", "party-list", *files, "--centre", folder, "--owner", "TOR")[0] == 0
    code, out, _ = run("fuse", "--centre", folder)
    assert code == 0
    assert out.startswith("14 claims in ")
    code, out, _ = run("assess", "--centre", folder)
    assert code == 0
    assert "a1.fire" in out

    code, out, _ = run("incident", "split", "4#1", "5#1", "--centre", folder, "--reason", "two")
    assert (code, out) == (0, "entry 6\n")
    assert run("incident", "undo", "6", "--centre", folder, "--reason", "one")[:2] == (
        0,
        "entry 7\n",
    )
    code, _, err = run(
        "incident", "split", "4#1", "5#1", "--centre", folder, "--reason", "x", "--by", "VEL"
    )
    assert code == 2
    assert "not for VEL" in err


def test_a_bulletin_is_drafted_and_published_from_the_terminal(
    run: Run, played: Path, tmp_path: Path
) -> None:
    """A draft appends nothing; a published one is there in the bytes that were written."""
    folder = copy_of(played, tmp_path / "centre")
    before = (folder / "state" / "head").read_bytes()
    daily = ("bulletin", "daily", "--centre", folder, "--date", "2026-04-02")
    for language, to in (("en", "md"), ("uk", "html"), ("ru", "md")):
        out = tmp_path / f"{language}.{to}"
        code, said, _ = run(*daily, "--lang", language, "-o", out)
        assert (code, "nothing was appended" in said) == (0, True)
        assert len(out.read_bytes()) > 5_000
    assert (folder / "state" / "head").read_bytes() == before
    code, _, err = run(*daily, "-o", tmp_path / "again.md", "--publish")
    assert code == 2
    assert "correct it instead" in err
    assert not (tmp_path / "again.md").exists()


def test_demo_tamper_exits_0_only_because_the_right_entry_was_named(
    run: Run, played: Path, tmp_path: Path
) -> None:
    """It works on copies: the centre's own bytes stay as they were."""
    folder = copy_of(played, tmp_path / "centre")
    before = (folder / "log" / "checkpoint").read_bytes()
    code, out, _ = run("demo-tamper", folder)
    assert code == 0
    assert out.splitlines()[-1].endswith("was named both times")
    assert (folder / "log" / "checkpoint").read_bytes() == before


def test_an_exercise_is_generated_with_its_truth_apart(run: Run, tmp_path: Path) -> None:
    """The same seed writes the same bytes."""
    written = []
    for name in ("one", "two"):
        out = tmp_path / name
        assert run("exercise", "--seed", 7, "--days", 2, "--size", 100, "-o", out)[0] == 0
        written.append({
            str(path.relative_to(out)): path.read_bytes()
            for path in sorted(out.rglob("*")) if path.is_file()
        })  # fmt: skip
    assert written[0] == written[1]
    assert len(written[0]) > 5


def test_help_and_version_are_there(run: Run) -> None:
    """And say what the exit codes mean."""
    code, out, _ = run("--help")
    assert code == 0
    assert "0 done, 1 done with refusals listed, 2 refused" in out
    assert run("--version")[0] == 0
