"""What a party can move with its own key, when it sends entries past every page of the desk."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.desk.founded import COMPLAINT, centre, party_list
from truceline.coordination.acts import PAYLOADS, WindowGuaranteed, WindowRequested
from truceline.desk.desk import Desk
from truceline.desk.taking import Incoming, take
from truceline.ledger import seal
from truceline.ledger.entry import PayloadRef
from truceline.ledger.keys import load
from truceline.reports.taken import FileRef, Taken
from truceline.store.digests import common_digest
from truceline.store.drawing import drawn_size
from truceline.store.held import newest_us
from truceline.values.audience import CENTRE
from truceline.values.canonical import canonical, sha256_hex
from truceline.values.instant import DAY_US, HOUR_US, SECOND_US


class Party:
    """A party that writes entries with its own key, and whatever it likes into them."""

    def __init__(self, desk: Desk, code: str = "TOR") -> None:
        self.desk = desk
        self.code = code

    def keep(self, plain: bytes) -> PayloadRef:
        """Keep a payload, salted alone."""
        return self.desk.appender.put_blob(plain)

    def send(
        self, kind: str, payload: PayloadRef | None, acl: str | None = None, **fields: object
    ) -> int:
        """Have an entry admitted, as `add-entry` does, and draw it."""
        with self.desk.appender.commit(self.desk.now_us()) as batch:
            key = load(self.desk.folder / "keys" / self.code)
            batch.add(key, kind=kind, payload=payload, acl=acl, **fields)  # type: ignore[arg-type]
        self.desk.refresh()
        return batch.receipts[0].index

    def part(self, raw: bytes, **changed: object) -> Taken:
        """The payload of a list it hands in, with something changed."""
        file = self.keep(raw)
        given = Taken(
            source="party-list",
            name="list.csv",
            owner=self.code,
            zone="Atlantic/Azores",
            language="en",
            received_us=self.desk.now_us(),
            sha256=sha256_hex(raw),
            file=FileRef(blob=file.blob, size=file.size, com=file.com, enc=file.enc),
            start=0,
            stop=3,
            last=True,
        )
        return msgspec.structs.replace(given, **changed)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A centre that has taken one complaint of VEL."""
    opened = centre(tmp_path)
    take(opened, Incoming(source="complaint", name="c.txt", raw=COMPLAINT.encode(), owner="VEL"))
    opened.refresh()
    yield opened
    opened.close()


def why(desk: Desk, entry: int) -> str:
    """Why an entry was not drawn; empty if it was."""
    rows = desk.tables.select(
        "SELECT reason FROM unreadables WHERE entry = ? AND line = 0", (entry,)
    )
    return str(rows[0]["reason"]) if rows else ""


def claims(desk: Desk) -> int:
    """How many claims there are."""
    return int(desk.tables.select("SELECT count(*) AS n FROM claims WHERE grain = 'full'")[0]["n"])


def test_a_list_a_party_sends_itself_is_drawn_like_one_that_was_taken(desk: Desk) -> None:
    """Its own key under its own words: no clerk stands between."""
    before = claims(desk)
    party = Party(desk)
    index = party.send(
        "report/taken", party.keep(canonical(party.part(party_list(3)))), acl="CENTRE+TOR"
    )
    assert why(desk, index) == ""
    assert claims(desk) == before + 3


@pytest.mark.parametrize(
    "kind",
    [
        "bulletin/published", "bulletin/corrected", "terms/adopted", "model/adopted", "report/slot",
        "incident/confirmed", "incident/split", "window/invented", "party/invented",
    ],
)  # fmt: skip
def test_what_is_the_centres_to_say_moves_nothing_by_a_partys_key(desk: Desk, kind: str) -> None:
    """Default deny: kept, shown with the reason, and without effect."""
    before = common_digest(desk.tables)
    party = Party(desk)
    index = party.send(kind, party.keep(b'{"claims":["3#1","3#2"],"reason":"mine"}'))
    assert "TOR" in why(desk, index) or "staff" in why(desk, index)
    rows = desk.tables.select("SELECT kind FROM events WHERE entry = ?", (index,))
    assert rows == []
    assert common_digest(desk.tables) != before  # it is on the record all the same
    assert desk.agreement


def test_a_party_guarantees_for_itself_alone(desk: Desk) -> None:
    """A window is not guaranteed because one side wrote it twice."""
    now_us = desk.now_us()
    asked = WindowRequested(
        lat_e7=476_912_000, lon_e7=-339_440_000, radius_m=500, from_us=now_us + HOUR_US,
        until_us=now_us + 5 * HOUR_US, purpose="repair", guarantors=("ALD", "TOR", "VEL"),
    )  # fmt: skip
    party = Party(desk)
    party.send("window/requested", party.keep(canonical(asked)))
    for _ in range(3):
        party.send("window/guaranteed", party.keep(canonical(WindowGuaranteed(window="W-0001"))))
    window = desk.view(CENTRE).window("W-0001")
    assert window is not None
    assert window.state.value == "requested"


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("not JSON", "not a payload of its kind"), ("another shape", "not a payload of its kind"),
        ("zeros", "not a payload of its kind"), ("another owner", "as material of VEL"),
        ("a source nobody has", "is not here"), ("more rows than there are", "rows"),
        ("rows backwards", "rows"), ("a negative start", "rows"),
        ("another hash", "hash"),
    ],
)  # fmt: skip
def test_a_payload_made_to_break_the_drawing_draws_one_row(
    desk: Desk, what: str, reason: str
) -> None:
    """Whatever a party puts into its payload, the next entry is drawn."""
    party = Party(desk)
    raw = party_list(3)
    made: dict[str, Callable[[], bytes]] = {
        "not JSON": lambda: b"\xff{",
        "another shape": lambda: b'{"claims":[]}',
        "zeros": lambda: bytes(1 << 20),
        "another owner": lambda: canonical(party.part(raw, owner="VEL")),
        "a source nobody has": lambda: canonical(party.part(raw, source="oracle")),
        "more rows than there are": lambda: canonical(party.part(raw, stop=2**40)),
        "rows backwards": lambda: canonical(party.part(raw, start=3, stop=1)),
        "another hash": lambda: canonical(party.part(raw, sha256="00" * 32)),
        "a negative start": lambda: canonical(party.part(raw, start=-5, stop=-1)),
    }
    before = claims(desk)
    index = party.send("report/taken", party.keep(made[what]()))
    found = why(desk, index)
    assert found, "nothing says why it was not drawn"
    assert reason in found
    assert claims(desk) == before
    good = party.send("report/taken", party.keep(canonical(party.part(raw))))
    assert (why(desk, good), claims(desk)) == ("", before + 3)


def test_a_file_that_never_came_hides_no_other(desk: Desk) -> None:
    """The entry says which blob; until somebody has it there are no rows."""
    party = Party(desk)
    _, ref = seal.wrap(b"never sent")
    absent = FileRef(blob=ref.blob, size=ref.size, com=ref.com, enc=ref.enc)
    party.send("report/taken", party.keep(canonical(party.part(b"x", file=absent))))
    before = claims(desk)
    party.send("report/taken", party.keep(canonical(party.part(party_list(3)))))
    assert claims(desk) == before + 3


def test_anothers_payload_cannot_be_drawn_under_new_readers(desk: Desk) -> None:
    """The hash is public: naming it with `acl` ALL would have the centre read it out to everyone."""
    (secret,) = [entry for _, entry in desk.log.entries() if entry.kind == "report/taken"]
    assert secret.payload is not None
    assert secret.audience != "ALL"
    seen = len(desk.view("TOR").claims(("3#1",)))
    index = Party(desk).send("report/taken", secret.payload)
    assert "CENTRE brought" in why(desk, index)
    other = Party(desk).send("register/entered", secret.payload, acl="TOR")
    assert "CENTRE brought" in why(desk, other)
    assert len(desk.view("TOR").claims(("3#1",))) == seen
    assert desk.tables.select("SELECT 1 FROM events WHERE entry IN (?, ?)", (index, other)) == []


def test_only_the_centre_releases_to_the_public(desk: Desk) -> None:
    """A page without sign-in is the centre's word, not whoever's came last."""
    party = Party(desk)
    index = party.send(
        "report/taken", party.keep(canonical(party.part(party_list(3)))), acl="PUBLIC"
    )
    assert "releases to the public" in why(desk, index)


def test_a_party_cannot_date_its_own_material_back(desk: Desk) -> None:
    """Else the clock of an answer would have run out before the complaint was there."""
    party = Party(desk)
    told = party.part(party_list(3), received_us=desk.now_us() - 30 * DAY_US)
    index = party.send("report/taken", party.keep(canonical(told)))
    floor = max(entry.claimed_us for _, entry in desk.log.entries() if entry.author == "desk")
    rows = desk.tables.select("SELECT DISTINCT known_us FROM claims WHERE entry = ?", (index,))
    assert [row["known_us"] for row in rows] == [floor]


def test_a_party_cannot_push_the_records_clock_ahead(desk: Desk) -> None:
    """Else every window would have lapsed in every draft, because one side wrote a wrong year."""
    before = newest_us(desk.tables)
    Party(desk).send("register/entered", None, claimed_us=2**53 - 1)
    assert before <= newest_us(desk.tables) <= desk.now_us() + SECOND_US


def test_drawing_piece_by_piece_heeds_alike(desk: Desk, tmp_path: Path) -> None:
    """Who brought a payload and what the desk said last do not depend on when one draws."""
    party = Party(desk)
    payload = party.keep(canonical(party.part(party_list(3), received_us=5)))
    party.send("report/taken", payload)
    Party(desk, "VEL").send("report/taken", payload)
    party.send("bulletin/published", payload)
    whole = Desk(desk.folder, desk.settings, desk.clock, tmp_path / "whole.sqlite3")
    whole.refresh()
    assert common_digest(whole.tables) == common_digest(desk.tables)
    whole.close()


_ODD = st.one_of(
    st.integers(-(2**53) + 1, 2**53 - 1), st.text(max_size=12), st.none(), st.booleans(),
    st.sampled_from([0, 3, -1, 2**53 - 1, "", "Mars/Olympus", "TOR", "VEL", "complaint", "geojson"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A centre that many examples are sent to."""
    opened = centre(tmp_path_factory.mktemp("fuzzed"))
    yield opened
    opened.close()


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(Taken.__struct_fields__), _ODD, min_size=1, max_size=3),
    st.sampled_from([party_list(2), COMPLAINT.encode(), b"{}", b"\0" * 40, "\u202e,x\n".encode()]),
)
def test_no_field_of_a_partys_list_stops_the_drawing(
    shared: Desk, changed: dict[str, object], raw: bytes
) -> None:
    """Each field odd in turn: some rows, or one that says why, and never an error."""
    party = Party(shared)
    fields = msgspec.to_builtins(party.part(raw, stop=2)) | changed
    party.send("report/taken", party.keep(msgspec.json.encode(fields)), acl="CENTRE+TOR")
    assert drawn_size(shared.tables) == shared.log.head().size


@settings(max_examples=40)
@given(
    st.sampled_from(sorted(PAYLOADS)),
    st.dictionaries(
        st.sampled_from(
            sorted({name for form in PAYLOADS.values() for name in form.__struct_fields__})
        ),
        _ODD | st.lists(_ODD, max_size=2),
        max_size=6,
    ),
)
def test_no_act_of_a_party_stops_the_drawing_or_a_page(
    shared: Desk, kind: str, fields: dict[str, object]
) -> None:
    """Whatever stands in an act, what is read afterwards is read."""
    party = Party(shared)
    party.send(kind, party.keep(msgspec.json.encode(fields)))
    view = shared.view(CENTRE)
    assert drawn_size(shared.tables) == shared.log.head().size
    assert isinstance(list(view.windows()), list)
    assert isinstance(list(view.complaints()), list)
    assert isinstance(list(view.acts("incident/")), list)
