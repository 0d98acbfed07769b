"""A text from the table to force, from a terminal, and two drafts over what is on record."""

import json
import shutil
from pathlib import Path

from tests.cli.conftest import Run
from tests.desk.founded import TERMS
from truceline.ledger.keys import load

PROPOSAL = """
articles:
  - id: a2
    number: "2"
    words: {en: "Guns stay [dist] away.", uk: "Гармати стоять за [dist].", ru: "Орудия стоят за [dist]."}
    brackets: [{id: dist, kind: parameter, bind: a2.zone.where.within_km}]
options:
  - {article: a2, bracket: dist, option: km20, value: "20", words: {en: "20 km", uk: "20 км", ru: "20 км"}}
"""
AT = ("--at", "2026-03-30T12:00[Atlantic/Azores]")


def done(run: Run, *words: object) -> str:
    """What a command that must go well printed."""
    code, out, err = run(*words)
    assert code == 0, err
    return out


def test_a_text_goes_from_the_table_into_force_from_a_terminal(tmp_path: Path, run: Run) -> None:
    """Proposed, supported, initialled, adopted, put into the agreement, signed, ratified, in force."""
    terms, centre, note = tmp_path / "t.yaml", tmp_path / "centre", tmp_path / "t.note"
    waiting = TERMS.read_text(encoding="utf-8").replace(
        'EIF: {at: "2026-03-21T00:00[Atlantic/Azores]"}', "EIF: {record: entry_into_force}"
    )
    first, proposal = tmp_path / "first.yaml", tmp_path / "p.yaml"
    first.write_text(waiting, encoding="utf-8")
    proposal.write_text(PROPOSAL, encoding="utf-8")
    talks = tmp_path / "talks"
    founding = ("--exercise", "--guarantor", "ALD", "--origin", "truceline.example/talks")
    done(run, "found", talks, "--terms", first, *founding)
    at = ("--centre", talks)
    done(run, "text", "open", "ceasefire", *at, "--by", "ALD", "--title", "en", "Ceasefire",
         "--voice", "VEL", "--voice", "TOR")  # fmt: skip
    done(run, "text", "propose", "ceasefire", proposal, *at, "--by", "VEL")
    for who, act in (("VEL", "support"), ("TOR", "reserve")):
        done(run, "text", act, "ceasefire", "a2", "dist", "km20", *at, "--by", who)
        done(run, "text", "answer", "ceasefire", "a2", "accept", *at, "--by", who)
    assert "ad referendum" in done(run, "text", "show", "ceasefire", *at)
    code, _, err = run("text", "initial", "ceasefire", "a2", *at, "--by", "VEL")
    assert (code, "still open" in err) == (2, True)
    done(run, "text", "lift", "ceasefire", "a2", "dist", *at, "--by", "TOR")
    for who in ("VEL", "TOR"):
        done(run, "text", "initial", "ceasefire", "a2", *at, "--by", who)
    done(run, "text", "adopt", "ceasefire", *at, "--by", "ALD")
    assert "ухвалено" in done(run, "text", "show", "ceasefire", *at, "--lang", "uk")
    out = done(run, "text", "draft", "ceasefire", first, *at, "-o", terms)
    assert "a2.zone.where.within_km: 20" in out

    done(run, "found", centre, "--terms", terms, *founding)
    at = ("--centre", centre)
    done(run, "instrument", "prepare", "ceasefire-2026", *at, "--by", "ALD", "--depositary", "ALD",
         "--signatory", "VEL", "--signatory", "TOR", "--ratifies", "VEL", "diet")  # fmt: skip
    shown = ("--evidence", terms, *at, "--by", "ALD")
    done(run, "instrument", "ready", "ceasefire-2026", *AT, *shown)
    for who in ("VEL", "TOR"):
        done(run, "terms", "sign", terms, "--key", centre / "keys" / who, "-o", note)
    key = load(centre / "keys" / "VEL").key.vkey
    checked = done(run, "terms", "check", terms, "--signatures", note, "--trust-key", key)
    assert checked.startswith("signed by truceline.example/talks/VEL\n")
    done(run, "instrument", "signed", "ceasefire-2026", "--note", note, *AT, *at, "--by", "ALD")
    out = done(run, "instrument", "ratified", "ceasefire-2026", "VEL", "diet", *AT, *shown)
    assert "ceasefire-2026: in force (evidenced)" in out
    told = json.loads(done(run, "text", "show", *at, "--json"))
    assert (told["format"], told["instruments"][0]["state"]) == ("truceline-texts/1", "in_force")


def test_a_changed_agreement_fails_the_check_of_its_signatures(tmp_path: Path, run: Run) -> None:
    """One number after the signature, and the check says so."""
    terms, keys = tmp_path / "t.yaml", tmp_path / "keys"
    terms.write_bytes(TERMS.read_bytes())
    done(run, "key", "make", "VEL", "--origin", "example.org/c", "--into", keys)
    done(run, "terms", "sign", terms, "--key", keys / "VEL")
    changed = terms.read_text(encoding="utf-8").replace("within_km: 15", "within_km: 14")
    terms.write_text(changed, encoding="utf-8")
    key = load(keys / "VEL").key.vkey
    note = tmp_path / "t.yaml.note"
    code, _, err = run("terms", "check", terms, "--signatures", note, "--trust-key", key)
    assert (code, "was changed" in err) == (2, True)
    code, _, err = run("terms", "check", terms, "--signatures", note)
    assert (code, "--trust-key" in err) == (2, True)


def test_two_drafts_are_held_against_the_incidents_on_record(
    tmp_path: Path, played: Path, run: Run
) -> None:
    """What differs, and in numbers what it changes; as lines and as one object."""
    text, near = TERMS.read_text(encoding="utf-8"), tmp_path / "near.yaml"
    old = "act: [fire, strike, assault], unless"
    where = "act: [fire, strike, assault], where: {within_km: 3, of: contact_line}, unless"
    near.write_text(text.replace(old, where), encoding="utf-8")
    code, out, _ = run("terms", "diff", TERMS, near, "--centre", played)
    assert code == 1
    lines = out.splitlines()
    assert lines[0].startswith("clause a1.fire, where: new")
    (met,) = [line for line in lines if "would meet the test" in line]
    assert met.startswith("0 incidents would meet the test, ")
    code, out, _ = run("terms", "diff", TERMS, near, "--centre", played, "--json")
    told = json.loads(out)
    assert (code, told["format"], told["would_meet"]) == (1, "truceline-terms-diff/1", [])
    assert met == f"0 incidents would meet the test, {len(told['cease_to_meet'])} cease to"
    assert told["cease_to_meet"]


def test_an_issue_said_not_to_have_been_discussed_is_told_and_shown(
    played: Path, run: Run, tmp_path: Path
) -> None:
    """Who told it, in which entry, in the reader's language; a word beyond the six for it is refused."""
    at = ("--centre", shutil.copytree(played, tmp_path / "centre"))
    told = ("--said", "nobody spoke of it", *at, "--by", "ALD")
    entry = done(run, "text", "outcome", "energy", "explicitly_not_discussed", *told).strip()
    shown = done(run, "text", "show", *at, "--lang", "ru")
    assert f"energy\n   ALD ({entry}): сказано, что не обсуждалось: nobody spoke of it" in shown
    assert run("text", "outcome", "energy", "likely", *told)[0] == 2
