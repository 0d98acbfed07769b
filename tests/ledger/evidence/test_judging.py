"""What each kind of evidence shows, to whom, and what it must not be stretched to show."""

import io
import json
import string
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ledger.evidence import scenes
from tests.ledger.evidence.scenes import CULPRITS, KINDS, TOR, VEL, Scene
from tests.ledger.rewriting import rewrite
from truceline.ledger import checkpoint, keys, note
from truceline.ledger.errors import Malformed
from truceline.ledger.evidence import bundle, making, words
from truceline.ledger.evidence.judgement import NOT_PROVED, PROVED, REFUSED
from truceline.ledger.evidence.judging import judge_bytes
from truceline.ledger.evidence.making import Record
from truceline.ledger.note import MLDSA44
from truceline.ledger.policy import Policy
from truceline.ledger.verifying import log_get
from truceline.values.texts import LANGUAGES


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_proved_and_names_who_answers_for_which_entry(
    kind: str, tmp_path: Path
) -> None:
    """Kind, culprit and entry, from the file and the reader's own trust file alone."""
    scene = KINDS[kind](tmp_path)
    found = judge_bytes(scene.evidence, scene.trust)
    assert (found.status, found.kind, found.culprits) == (PROVED, kind, CULPRITS[kind])
    assert found.leaf == scene.leaf
    assert all(point.holds for point in found.points)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_record_gives_the_same_file(kind: str, tmp_path: Path) -> None:
    """Two people who make evidence of one thing hand over the same bytes."""
    one, two = (KINDS[kind](tmp_path / side) for side in ("one", "two"))
    assert bundle.unpack(one.evidence).files.keys() == bundle.unpack(two.evidence).files.keys()
    repacked = bundle.unpack(one.evidence)
    facts = {} if repacked.manifest.entry is None else {"entry": repacked.manifest.entry}
    assert bundle.pack(kind, repacked.origin, dict(repacked.files), **facts) == one.evidence


@pytest.mark.parametrize("kind", KINDS)
def test_a_stranger_to_the_log_cannot_judge_and_is_not_told_he_can(
    kind: str, tmp_path: Path
) -> None:
    """Whom to trust comes from the reader, never from the file: another log's key judges nothing."""
    scene = KINDS[kind](tmp_path)
    another = Policy(logs=tuple(signer.key for signer in keys.generate_log_keys("other.example/l")))
    found = judge_bytes(scene.evidence, another)
    assert (found.status, found.culprits) == (REFUSED, ())
    assert "no key of the log azores.example/record" in found.points[0].facts["why"]  # type: ignore[operator]


@pytest.mark.parametrize("kind", KINDS)
def test_a_key_the_reader_was_not_given_proves_nothing(kind: str, tmp_path: Path) -> None:
    """Somebody who makes up a log of the same name convinces nobody who holds the true key."""
    scene = KINDS[kind](tmp_path)
    origin = scenes.ORIGIN
    impostor = (keys.generate(origin).key, keys.generate(origin, MLDSA44).key)
    found = judge_bytes(scene.evidence, Policy(logs=impostor))
    assert not found.proved
    assert found.culprits == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_byte_changed_in_any_member_is_named_by_its_member(kind: str, tmp_path: Path) -> None:
    """Damage on the way is found before anything is judged, and says where."""
    scene = KINDS[kind](tmp_path)
    files = dict(bundle.unpack(scene.evidence).files)
    for name in files:
        folder = tmp_path / name.replace("/", "-")
        _unpack(scene.evidence, folder)
        raw = bytearray((folder / name).read_bytes())
        raw[len(raw) // 2] ^= 0x20
        (folder / name).write_bytes(raw)
        with pytest.raises(Malformed, match=name):
            bundle.read(folder)


@pytest.mark.parametrize("kind", KINDS)
def test_members_swapped_and_the_manifest_made_to_fit_prove_nothing(
    kind: str, tmp_path: Path
) -> None:
    """A manifest is not believed: whoever rewrites it with the members has still no signature."""
    scene = KINDS[kind](tmp_path)
    whole = bundle.unpack(scene.evidence)
    for name in whole.files:
        files = dict(whole.files)
        raw = bytearray(files[name])
        raw[len(raw) // 3] ^= 1
        files[name] = bytes(raw)
        forged = bundle.pack(kind, whole.origin, files)
        found = judge_bytes(forged, scene.trust)
        assert not found.proved or found.culprits == (), name


def test_a_kept_head_alone_shows_a_rewritten_past(tmp_path: Path) -> None:
    """A signed head of seven entries and the log shown now cannot both be; no entry is named."""
    scene = scenes.fork_of_head(tmp_path)
    found = judge_bytes(scene.evidence, scene.trust)
    assert found.proved
    assert found.entry is None
    assert [point.code for point in found.points] == ["log-signed-both", "other-past"]


def test_a_log_that_grew_honestly_is_no_fork(tmp_path: Path) -> None:
    """A head and its continuation prove nothing against anyone."""
    made = scenes.peaceful(tmp_path)
    kept = made.log.head_at(7)
    assert kept is not None
    found = judge_bytes(making.fork_of_head(kept, scenes.shown(made)), made.log.trust)
    assert found.status == NOT_PROVED
    assert "continues the log of 7" in str(found.points[-1].facts["why"])


def test_a_log_that_is_behind_is_no_fork_and_says_what_to_ask_for(tmp_path: Path) -> None:
    """An older head is no contradiction; it may be a freeze, which only time shows."""
    made = scenes.peaceful(tmp_path)
    older = made.log.head_at(7)
    assert older is not None
    files = log_get(made.path)
    behind = Record.of(lambda path: older if path == "checkpoint" else files(path))
    with pytest.raises(Malformed, match="being behind is no contradiction"):
        making.fork_of_head(made.log.signed_head(), behind)


def test_a_witness_that_cosigned_both_histories_answers_for_it_too(tmp_path: Path) -> None:
    """Its line under two heads that exclude each other is its own word against itself."""
    made = scenes.peaceful(tmp_path)
    rewrite(made.log, scenes.REWRITTEN, tmp_path / "other", TOR)
    witness = keys.generate("aldmoor.example/witness", MLDSA44)
    trust = replace(made.log.trust, witnesses={"aldmoor": witness.key})
    sides = [scenes.shown(made), Record.of(log_get(tmp_path / "other"))]
    signed = [
        Record(
            checkpoint_with(record.signed, witness.sign(note.parse(record.signed).text, 9)),
            record.reader,
        )
        for record in sides
    ]
    assert judge_bytes(making.fork(*sides), trust).culprits == (scenes.ORIGIN,)
    found = judge_bytes(making.fork(*signed), trust)
    assert found.culprits == (scenes.ORIGIN, "aldmoor.example/witness")


def checkpoint_with(raw: bytes, line: note.Sig) -> bytes:
    """A head with one more signature line."""
    held = note.parse(raw)
    return note.render(held.text, [*held.signatures, line])


def test_a_head_the_log_did_not_sign_with_every_key_is_no_evidence(tmp_path: Path) -> None:
    """Whoever stole one of two keys cannot make the log look as if it had forked."""
    made = scenes.peaceful(tmp_path)
    rewrite(made.log, scenes.REWRITTEN, tmp_path / "other", TOR)
    other = Record.of(log_get(tmp_path / "other"))
    thief = checkpoint.sign(other.head, scenes.LOG_KEYS[:1], made.now_us)
    found = judge_bytes(
        making.fork(scenes.shown(made), Record(thief, other.reader)), made.log.trust
    )
    assert found.status == NOT_PROVED


def test_two_numbers_of_one_author_are_no_contradiction(tmp_path: Path) -> None:
    """Only one number used twice is; and only by one author."""
    made = scenes.peaceful(tmp_path)
    for other in (3, 5):
        evidence = making.equivocation(scenes.shown(made), made.log.raw(2), made.log.raw(other))
        assert judge_bytes(evidence, made.log.trust).status == NOT_PROVED
    same = making.equivocation(scenes.shown(made), made.log.raw(2), made.log.raw(2))
    assert judge_bytes(same, made.log.trust).status == NOT_PROVED


def test_an_author_is_not_accused_by_a_line_that_is_not_its_own(tmp_path: Path) -> None:
    """The second of two entries is signed by somebody else: no equivocation by Velmark."""
    made = scenes.peaceful(tmp_path)
    one = made.log.raw(2)
    forged = making.equivocation(scenes.shown(made), one, scenes.altered(one, TOR))
    found = judge_bytes(forged, made.log.trust)
    assert (found.status, found.culprits) == (NOT_PROVED, ())


def test_an_entry_that_is_signed_as_it_says_is_no_forgery(tmp_path: Path) -> None:
    """The claim of a forgery fails on a good signature."""
    made = scenes.peaceful(tmp_path)
    found = judge_bytes(making.forgery(scenes.shown(made), 3), made.log.trust)
    assert (found.status, found.culprits) == (NOT_PROVED, ())


@pytest.mark.parametrize(
    ("code", "damage", "points", "culprits"),
    [
        ("signature", None, "keeps-rule", ("desk",)),
        ("schema", None, "keeps-rule", ("desk",)),
        ("canonical", (b'"acl"', b'"acl"'), "keeps-rule", ("desk",)),
        ("signature", (b'"refs":[]', b'"refs":["' + b"0" * 64 + b'"]'), "breaks-rule", ()),
        ("canonical", (b'"refs":[]', b'"refs": []'), "breaks-rule", ()),
        ("policy", None, "rule-not-told", ()),
        ("seq", None, "rule-not-told", ()),
    ],
)
def test_a_refusal_is_held_against_the_entry_where_the_entry_can_tell(
    code: str,
    damage: tuple[bytes, bytes] | None,
    points: str,
    culprits: tuple[str, ...],
    tmp_path: Path,
) -> None:
    """A wrong refusal names the desk; a right one, or one nobody can check here, names nobody."""
    raw = scenes.offered(scenes.peaceful(tmp_path / "same"))
    raw = raw.replace(*damage) if damage else raw
    scene = scenes.refusal(tmp_path, code, raw)
    found = judge_bytes(scene.evidence, scene.trust)
    assert found.proved
    assert [point.code for point in found.points] == ["refused", points]
    assert found.culprits == culprits


def test_the_desk_is_not_accused_over_a_line_that_does_not_hold(tmp_path: Path) -> None:
    """The author's own line holds, a second one does not, or is there twice: rightly refused."""
    raw = scenes.offered(scenes.peaceful(tmp_path / "same"))
    held = note.parse(raw)
    false = replace(scenes.TOR.sign(held.text), blob=bytes(64))
    twice = note.render(held.text, [*held.signatures, *held.signatures])
    stranger = keys.generate(f"{scenes.ORIGIN}/NOBODY").sign(held.text)
    cases = {
        "signature": (note.render(held.text, [*held.signatures, false]), "breaks-rule"),
        "format": (twice, "breaks-rule"),
        "policy": (raw, "rule-not-told"),
    }
    for code, (offered, told) in cases.items():
        scene = scenes.refusal(tmp_path / code, code, offered)
        found = judge_bytes(scene.evidence, scene.trust)
        assert (found.points[-1].code, found.culprits) == (told, ()), code
    unknown = note.render(held.text, [*held.signatures, stranger])
    scene = scenes.refusal(tmp_path / "unknown", "signature", unknown)
    found = judge_bytes(scene.evidence, scene.trust)
    assert (found.points[-1].code, found.culprits) == ("rule-not-told", ())


def test_an_entry_by_a_key_revoked_as_suspect_names_the_entry_and_nobody(tmp_path: Path) -> None:
    """From the index the officers give on; before it, the key was good."""
    scene = scenes.suspect(tmp_path, scenes.REVOKED_FROM + 1)
    found = judge_bytes(scene.evidence, scene.trust)
    assert (found.status, found.culprits, found.entry) == (PROVED, (), scenes.REVOKED_FROM + 1)
    assert [point.code for point in found.points] == ["in-log", "revoked", "by-suspect"]
    earlier = scenes.suspect(tmp_path / "earlier", scenes.REVOKED_FROM - 1)
    assert judge_bytes(earlier.evidence, earlier.trust).status == NOT_PROVED


def test_a_denial_needs_ten_minutes_two_others_and_an_absent_entry(tmp_path: Path) -> None:
    """One party short, a minute early, or the entry in the log after all: nobody is accused."""
    cases: dict[str, Callable[[Path], Scene]] = {
        "other parties": lambda folder: scenes.denial(folder, by=(TOR,)),
        "want 2": lambda folder: scenes.denial(folder, by=(TOR, VEL)),
        "ten minutes": lambda folder: scenes.denial(folder, minutes=9),
        "in the log": lambda folder: scenes.denial(folder, place=True),
    }
    for why, scene_of in cases.items():
        scene = scene_of(tmp_path / why.replace(" ", "-"))
        found = judge_bytes(scene.evidence, scene.trust)
        assert (found.status, found.culprits) == (NOT_PROVED, ()), why
        assert why in str(found.points[-1].facts["why"])


def test_a_denial_with_a_leaf_left_out_or_added_proves_nothing(tmp_path: Path) -> None:
    """The leaves must be all of the head's, or anybody could leave the entry out himself."""
    scene = scenes.denial(tmp_path)
    whole = bundle.unpack(scene.evidence)
    leaves = whole.files["leaves"]
    for changed in (leaves[32:], leaves + bytes(32), leaves[32:] + leaves[:32], leaves[:-1]):
        files = {**whole.files, "leaves": changed}
        found = judge_bytes(bundle.pack("denial", whole.origin, files), scene.trust)
        assert (found.status, found.culprits) == (NOT_PROVED, ())


def test_an_older_date_on_a_line_that_is_not_the_logs_changes_nothing(tmp_path: Path) -> None:
    """Dates come from lines that hold: whoever adds a line to a head dates nothing by it."""
    scene = scenes.denial(tmp_path)
    whole = bundle.unpack(scene.evidence)
    stranger = keys.generate(scenes.ORIGIN, MLDSA44)
    head = whole.files["head.checkpoint"]
    line = stranger.sign(note.parse(head).text, 1)
    files = {**whole.files, "head.checkpoint": checkpoint_with(head, line)}
    assert judge_bytes(bundle.pack("denial", whole.origin, files), scene.trust).proved


def test_an_author_key_comes_from_the_log_or_from_nowhere(tmp_path: Path) -> None:
    """A registration that is not proved to be in the log registers nothing."""
    scene = scenes.equivocation(tmp_path)
    whole = bundle.unpack(scene.evidence)
    files = {name: raw for name, raw in whole.files.items() if not name.startswith("registr")}
    found = judge_bytes(bundle.pack("equivocation", whole.origin, files), scene.trust)
    assert (found.status, found.culprits) == (NOT_PROVED, ())
    files = dict(whole.files)
    files["registrations/0.tlog-proof"] = files["registrations/7.tlog-proof"]
    assert not judge_bytes(bundle.pack("equivocation", whole.origin, files), scene.trust).proved


def test_the_manifest_cannot_point_at_another_entry(tmp_path: Path) -> None:
    """It says which entry is concerned; what is shown decides."""
    scene = scenes.fork(tmp_path)
    whole = bundle.unpack(scene.evidence)
    moved = bundle.pack("fork", whole.origin, dict(whole.files), entry=scenes.REWRITTEN + 1)
    assert judge_bytes(moved, scene.trust).status == NOT_PROVED


def test_a_kind_nobody_knows_is_refused_and_does_not_stop_the_program(tmp_path: Path) -> None:
    """A newer program may make more kinds than this one reads."""
    scene = scenes.fork(tmp_path)
    whole = bundle.unpack(scene.evidence)
    strange = bundle.pack("prophecy", whole.origin, dict(whole.files))
    found = judge_bytes(strange, scene.trust)
    assert found.status == REFUSED
    assert all(list(found.lines(language)) for language in LANGUAGES)


def test_a_readme_somebody_rewrote_is_said_to_be_so(tmp_path: Path) -> None:
    """A lawyer who reads the README and not the verdict must not be led by it."""
    scene = scenes.fork(tmp_path)
    _unpack(scene.evidence, tmp_path / "open")
    readme = tmp_path / "open" / "README.uk.txt"
    readme.write_text(readme.read_text().replace("журнал", "суд"), encoding="utf-8")
    evidence = bundle.read(tmp_path / "open")
    assert evidence.altered_readmes == ("uk",)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_verdict_is_said_whole_in_each_language(kind: str, language: str, tmp_path: Path) -> None:
    """Kind, culprit, entry, what was found and what is not proved, and nothing left unfilled."""
    scene = KINDS[kind](tmp_path)
    found = judge_bytes(scene.evidence, scene.trust)
    lines = list(found.lines(language))
    assert lines[0].endswith(words.title(kind, language))
    assert any(CULPRITS[kind][0] in line for line in lines)
    assert len(lines) >= 5 + len(words.limits(kind, language))
    assert not any("{" in line for line in lines)
    fields = json.loads(json.dumps(found.as_fields(language)))
    assert (fields["kind"], fields["proved"]) == (kind, True)


def test_every_text_is_there_in_three_languages_with_the_same_facts() -> None:
    """No language says less than another."""
    for name, text in words.catalogue().items():
        said = [text.in_(language) for language in LANGUAGES]
        assert all(said), name
        assert len(set(said)) >= 2, name
        fields = [
            {field for _, field, _, _ in string.Formatter().parse(one) if field} for one in said
        ]
        assert fields[0] == fields[1] == fields[2], name


def _unpack(raw: bytes, folder: Path) -> None:
    zipfile.ZipFile(io.BytesIO(raw)).extractall(folder)
