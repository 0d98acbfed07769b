"""A case for a tribunal: all that one reader may open, nothing that reader may not know of."""

import json
from pathlib import Path

import pytest

from tests.desk.played import copy_of
from truceline.desk.cases import case
from truceline.desk.desk import Desk
from truceline.desk.errors import CentreRefused
from truceline.ledger.evidence import bundle
from truceline.ledger.evidence.judgement import NOT_PROVED, PROVED
from truceline.ledger.evidence.judging import judge_bytes
from truceline.values.texts import LANGUAGES

READERS = ("CENTRE", "VEL", "TOR")


@pytest.fixture(scope="module")
def desk(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The played exercise, refreshed once for this module."""
    opened = Desk.open(copy_of(played, tmp_path_factory.mktemp("cases") / "centre"))
    opened.refresh()
    return opened


def told(desk: Desk, reader: str) -> str:
    """The incident of which a reader sees the most claims whole."""
    view = desk.view(reader)
    whole: dict[str, int] = {}
    for row in view.all_claims():
        incident = None if row.coarse else view.incident_of(row.claim.id)
        if incident:
            whole[incident] = whole.get(incident, 0) + 1
    return max(whole, key=lambda one: (whole[one], one))


@pytest.mark.parametrize("reader", READERS)
def test_a_case_holds_by_the_records_trust_file_and_is_the_same_twice(
    desk: Desk, reader: str
) -> None:
    """Entries in place and time, openings to the byte, in three languages."""
    incident = told(desk, reader)
    raw = case(desk, incident, reader)
    assert case(desk, incident, reader) == raw
    found = judge_bytes(raw, desk.log.trust)
    assert (found.status, found.culprits) == (PROVED, ()), list(found.lines("en"))
    codes = {point.code for point in found.points}
    assert {"case-entry", "case-late", "case-opened", "case-file", "case-level"} <= codes
    roles = {one.role for one in bundle.unpack(raw).manifest.entries.values()}
    assert {"claim", "terms", "model", "founding"} <= roles
    for language in LANGUAGES:
        assert not any("{" in line for line in found.lines(language))


def test_a_case_shows_no_reader_what_a_page_would_not(desk: Desk) -> None:
    """Torrin's case holds no byte of an entry meant for others, nor the number of one."""
    for incident in desk.view("TOR").incidents(limit=12):
        held = bundle.unpack(case(desk, incident.id, "TOR"))
        for name in held.files:
            if name.startswith("openings/"):
                index = int(name.partition("/")[2].partition(".")[0])
                assert desk.log.entry(index).audience in {"ALL", "PUBLIC"} or (
                    "TOR" in desk.log.entry(index).audience.split("+")
                ), name
        shown = {row["id"] for row in json.loads(held.files.get("claims.json", b"[]"))}
        assert shown == set(incident.claims)
        claimed = {
            int(index) for index, one in held.manifest.entries.items() if one.role == "claim"
        }
        whole = {
            row.claim.origin.entry
            for row in desk.view("TOR").claims(incident.claims)
            if not row.coarse
        }
        assert claimed == whole


def test_what_a_reader_sees_coarsely_is_listed_as_not_opened(desk: Desk) -> None:
    """A party hands over what it has, and says what it was not given."""
    view = desk.view("TOR")
    coarse = next(
        (
            one.id
            for one in view.incidents(limit=400)
            if any(row.coarse for row in view.claims(one.claims))
        ),
        None,
    )
    assert coarse is not None
    raw = case(desk, coarse, "TOR")
    found = judge_bytes(raw, desk.log.trust)
    assert found.proved
    assert any(point.code == "case-closed" for point in found.points)


def test_a_case_of_one_entry_says_where_it_stands(desk: Desk) -> None:
    """By index: the entry, what refers to it, and the record's own foundations."""
    index = next(at for at, one in desk.log.entries() if one.kind == "report/taken")
    found = judge_bytes(case(desk, str(index), "CENTRE"), desk.log.trust)
    assert found.proved
    assert (found.entry, found.leaf) == (index, desk.log.entry(index).leaf)


def test_what_a_reader_does_not_see_has_no_case(desk: Desk) -> None:
    """An incident that is not there and one that is not yours look the same."""
    with pytest.raises(CentreRefused, match="sees no incident"):
        case(desk, "I-NONE", "TOR")
    with pytest.raises(CentreRefused, match="sees no entry"):
        case(desk, "999999", "TOR")


def test_any_opening_changed_is_found_against_its_commitment(desk: Desk) -> None:
    """Whoever makes the manifest fit has still not what the entry committed to."""
    whole = bundle.unpack(case(desk, told(desk, "CENTRE"), "CENTRE"))
    facts = {
        name: getattr(whole.manifest, name)
        for name in ("reader", "subject", "as_of", "entries", "withheld")
    }
    for name in [name for name in whole.files if name.startswith("openings/")][:6]:
        raw = bytearray(whole.files[name])
        raw[len(raw) // 2] ^= 1
        forged = bundle.pack("case", whole.origin, {**whole.files, name: bytes(raw)}, **facts)
        assert judge_bytes(forged, desk.log.trust).status == NOT_PROVED, name


def test_an_opening_of_nothing_in_the_case_is_refused(desk: Desk) -> None:
    """What is not held against an entry must not stand among what is."""
    whole = bundle.unpack(case(desk, "0", "CENTRE"))
    facts = {
        name: getattr(whole.manifest, name)
        for name in ("reader", "subject", "as_of", "entries", "withheld")
    }
    for name in ("openings/77.plain", "openings/x.plain"):
        forged = bundle.pack("case", whole.origin, {**whole.files, name: b"slander"}, **facts)
        assert judge_bytes(forged, desk.log.trust).status == NOT_PROVED
